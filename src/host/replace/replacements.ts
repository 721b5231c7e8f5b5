import * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import { promptOf } from '../ask/prompt-of.ts';
import { whyNotWritable } from '../code/why-not-writable.ts';
import { commandIds, contextKeys } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { SavedPromptDeps } from '../prompts/choose-saved.ts';
import type { Place } from '../replies/place.ts';
import { pickReplaceWords } from './pick-replace-words.ts';
import { replaceChoices } from './replace-choices.ts';
import { type AskParts, ReplaceSession } from './replace-session.ts';
import { modifiedOf, replacementScheme } from './replacement-diff.ts';
import { type Target, targetAt, targetIn } from './target-range.ts';
import { whyNotSentence } from './why-not.ts';

export interface ReplaceParts extends AskParts {
  readonly saved: SavedPromptDeps;
}

/** Replace Selection and what can be done with what it proposes. */
export function registerReplace(commands: Commands, replacements: Replacements): vscode.Disposable {
  return vscode.Disposable.from(
    commands.register(commandIds.replaceSelection, (asked: unknown) =>
      replacements.replaceSelection(vscode.window.activeTextEditor, promptOf(asked)),
    ),
    commands.register(commandIds.acceptReplacement, () => replacements.accept()),
    commands.register(commandIds.acceptHunk, () => replacements.acceptHunk()),
    commands.register(commandIds.rejectReplacement, () => replacements.reject()),
  );
}

/** The replacements that are being made, each with its diff. */
export class Replacements implements vscode.Disposable {
  readonly #parts: ReplaceParts;
  readonly #sessions = new Map<string, ReplaceSession>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: ReplaceParts) {
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
   * @param given what is to be done, where it needn't be asked for
   */
  async replaceSelection(
    editor: vscode.TextEditor | undefined,
    given: string | null,
  ): Promise<void> {
    // Read first: the pick takes the focus, and the user may click elsewhere.
    const target = targetIn(editor);
    if (target === null) {
      tellNothingSelected();
      return;
    }
    const session = this.#create(target);
    const words = (await isWritable(target))
      ? (given ?? (await pickReplaceWords(replaceChoices(this.#parts.saved))))
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
    const target = place === null ? targetIn(editor) : targetAt(place, editor?.viewColumn);
    if (target === null) {
      tellNothingSelected();
      return;
    }
    const session = this.#create(target);
    if (await isWritable(target)) await session.propose(code);
    else this.#forget(session);
  }

  async accept(): Promise<void> {
    await this.#active()?.accept();
  }

  async acceptHunk(): Promise<void> {
    await this.#active()?.acceptHunk();
  }

  async reject(): Promise<void> {
    await this.#active()?.close();
  }

  placeOf(conversation: Conversation): Place | null {
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
    const uri = modifiedOf(vscode.window.tabGroups.activeTabGroup.activeTab?.input);
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
    const ready = [...this.#sessions.values()].filter(({ mayBeAccepted }) => mayBeAccepted);
    const uris = ready.map(({ uri }) => uri.toString());
    void vscode.commands.executeCommand('setContext', contextKeys.replacementsReady, uris);
  }
}

/** Says so where it isn't: then nothing is asked. */
async function isWritable(target: Target): Promise<boolean> {
  const why = await whyNotWritable(target.document);
  if (why === null) return true;
  const file = vscode.workspace.asRelativePath(target.document.uri);
  void vscode.window.showWarningMessage(whyNotSentence(why, file));
  return false;
}

function tellNothingSelected(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Select the code that is to be replaced first.'),
  );
}
