import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import { whyNotWritable } from '../code/why-not-writable.ts';
import type { Question } from '../replies/reply-starter.ts';
import { type CursorPlace, cursorPlaceIn } from './cursor-place.ts';

/** What comes before the reply. */
export interface CursorQuestion {
  /** Asks for the question; null where there is none. */
  readonly words: (
    attachments: readonly Attachment[],
    promptFor: (words: string) => Prompt,
  ) => Promise<string | null>;
  /** As it may be sent; null where it may not. */
  readonly pass: (question: Question) => Promise<Question | null>;
}

/** Streams a reply to the editor's cursor, where it was when it was asked for, however it moves. */
export async function askAtCursor(
  target: { askAt(place: CursorPlace, question: Question): Promise<void> },
  editor: vscode.TextEditor | undefined,
  { words, pass }: CursorQuestion,
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
  const text = await words(attachments, promptFor);
  const question = text === null ? null : await pass({ prompt: promptFor(text), attachments });
  if (question === null) place.dispose();
  else await target.askAt(place, question);
}
