import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { Question } from '../../core/prompt/question.ts';
import { whyNotWritable } from '../code/why-not-writable.ts';
import { type CursorPlace, cursorPlaceIn } from './cursor-place.ts';

/** Asks for the question's words; null where there are none. */
export type AskForWords = (
  attachments: readonly Attachment[],
  promptFor: (words: string) => Prompt,
) => Promise<string | null>;

/** Streams a reply to the editor's cursor, where it was when it was asked for, however it moves. */
export async function askAtCursor(
  target: { askAt(place: CursorPlace, question: Question): Promise<boolean> },
  editor: vscode.TextEditor | undefined,
  askForWords: AskForWords,
): Promise<void> {
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Put the cursor where the reply should go first.'),
    );
    return;
  }
  const { document } = editor;
  if ((await whyNotWritable(document)) === 'read-only') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} is read-only: no reply can go there. Nothing was sent.',
        vscode.workspace.asRelativePath(document.uri),
      ),
    );
    return;
  }
  const place = await cursorPlaceIn(editor);
  const { attachments, promptFor } = place;
  const words = await askForWords(attachments, promptFor);
  const isSent =
    words !== null && (await target.askAt(place, { prompt: promptFor(words), attachments }));
  if (!isSent) place.dispose();
}
