import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { ReplyLocation } from '../ask/running-replies.ts';
import { commandIds, contextKeys } from '../command-ids.ts';
import { type Commands, promptArgument } from '../commands.ts';
import { getWriteProblem } from '../editor/edit-document.ts';
import type { SavedPromptStore } from '../prompts/saved-prompts.ts';
import { pickInstruction, replaceChoices } from './pick-instruction.ts';
import { rejectMessage } from './replace-notifications.ts';
import { type AskParts, ReplaceSession } from './replace-session.ts';
import { type Target, targetFromEditor, targetFromRange } from './replacement.ts';
import { modifiedUri, replacementScheme } from './replacement-diff.ts';

export interface ReplaceServices extends AskParts {
  readonly saved: SavedPromptStore;
}

/** Replace Selection and what can be done with what it proposes. */
export function registerReplace(commands: Commands, replacements: Replacements): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.replaceSelection, (argument: unknown) =>
      replacements.replaceSelection(vscode.window.activeTextEditor, promptArgument(argument)),
    ),
    commands.register(commandIds.acceptReplacement, () => replacements.accept()),
    commands.register(commandIds.acceptHunk, () => replacements.acceptHunk()),
    commands.register(commandIds.rejectReplacement, () => replacements.reject()),
  );
}

/** The replacements that are being made, each with its diff. */
export class Replacements implements vscode.Disposable {
  readonly #parts: ReplaceServices;
  readonly #sessions = new Map<string, ReplaceSession>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: ReplaceServices) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(replacementScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#sessions.get(uri.toString())?.proposal ?? '',
      }),
      vscode.workspace.onDidChangeTextDocument((change) => {
        for (const session of this.#sessions.values()) session.follow(change);
      }),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#forgetClosed()),
    );
  }

  /**
   * Asks Claude for code in place of what is selected.
   * @param instruction what is to be done, where it needn't be asked for
   */
  async replaceSelection(
    editor: vscode.TextEditor | undefined,
    instruction: string | null,
  ): Promise<void> {
    // Read first: the pick takes the focus, and the user may click elsewhere.
    const target = targetFromEditor(editor);
    if (target === null) {
      notifyNothingSelected();
      return;
    }
    const count = editor?.selections.filter(({ isEmpty }) => !isEmpty).length ?? 0;
    if (count > 1) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} ranges are selected. Select just one to replace.', count),
      );
      return;
    }
    const session = this.#create(target);
    const words = (await isWritable(target))
      ? (instruction ?? (await pickInstruction(replaceChoices(this.#parts.saved))))
      : null;
    if (words === null) this.#forget(session);
    else await this.#ask(session, words);
  }

  /**
   * Proposes code that is there already.
   * @param place of the code that it is to stand for; null for what is selected in the editor
   */
  async propose(
    code: string,
    place: Omit<Target, 'column'> | null,
    editor: vscode.TextEditor | undefined,
  ): Promise<void> {
    const target =
      place === null ? targetFromEditor(editor) : targetFromRange(place, editor?.viewColumn);
    if (target === null) {
      notifyNothingSelected();
      return;
    }
    const session = this.#create(target);
    if (await isWritable(target)) await session.propose(code);
    else this.#forget(session);
  }

  async accept(): Promise<void> {
    await this.#active()?.applier.accept();
  }

  async acceptHunk(): Promise<void> {
    await this.#active()?.applier.acceptHunk();
  }

  async reject(): Promise<void> {
    await this.#active()?.close();
  }

  /** Goes on in the active diff, where its reply ended too early; else false. */
  continueActive(): boolean {
    const active = this.#inActiveTab();
    if (active === undefined || !active.canContinue) return false;
    void active.continue();
    return true;
  }

  locate(conversation: Conversation): ReplyLocation | null {
    const session = [...this.#sessions.values()].find((each) => each.shows(conversation));
    if (session === undefined) return null;
    return { kind: 'document', name: session.title, isActive: session === this.#inActiveTab() };
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const session of this.#sessions.values()) session.dispose();
  }

  #create(target: Target): ReplaceSession {
    const session = new ReplaceSession(target, {
      ...this.#parts,
      changed: this.#changed,
      onDidChangeState: () => this.#updateContext(),
      askAgain: (words, place) => void this.#ask(this.#create(place), words),
    });
    this.#sessions.set(session.uri.toString(), session);
    return session;
  }

  async #ask(session: ReplaceSession, words: string): Promise<void> {
    if (!(await session.ask(words))) this.#forget(session);
  }

  /** The one in the active tab; where that is none, the only one there is. */
  #active(): ReplaceSession | undefined {
    const active = this.#inActiveTab();
    if (active !== undefined) return active;
    const shown = [...this.#sessions.values()].filter(({ isShown }) => isShown);
    return shown.length === 1 ? shown[0] : undefined;
  }

  #inActiveTab(): ReplaceSession | undefined {
    const uri = modifiedUri(vscode.window.tabGroups.activeTabGroup.activeTab?.input);
    return uri === null ? undefined : this.#sessions.get(uri);
  }

  #forgetClosed(): void {
    for (const session of this.#sessions.values()) {
      if (session.wasClosed) this.#forget(session);
    }
  }

  #forget(session: ReplaceSession): void {
    this.#sessions.delete(session.uri.toString());
    session.dispose();
    this.#updateContext();
  }

  #updateContext(): void {
    const sessions = [...this.#sessions.values()];
    const set = (key: string, chosen: readonly ReplaceSession[]): void => {
      const uris = chosen.map(({ uri }) => uri.toString());
      void vscode.commands.executeCommand('setContext', key, uris);
    };
    set(
      contextKeys.replacementsReady,
      sessions.filter(({ canBeAccepted }) => canBeAccepted),
    );
    set(
      contextKeys.replacementsUnfinished,
      sessions.filter(({ canContinue }) => canContinue),
    );
  }
}

/** Says so where it isn't: then nothing is asked. */
async function isWritable(target: Target): Promise<boolean> {
  const why = await getWriteProblem(target.document);
  if (why === null) return true;
  const file = vscode.workspace.asRelativePath(target.document.uri);
  void vscode.window.showWarningMessage(rejectMessage(why, file));
  return false;
}

function notifyNothingSelected(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Select the code that is to be replaced first.'),
  );
}
