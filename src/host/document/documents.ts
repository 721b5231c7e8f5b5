import type * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Place } from '../replies/place.ts';
import type { Question, ReplyStarter } from '../replies/reply-starter.ts';
import type { RunningReplies } from '../replies/running-replies.ts';
import type { DocumentTarget } from './document-target.ts';

/** The document target, loaded with the first reply that goes into a document. */
export class Documents implements vscode.Disposable {
  readonly #starter: ReplyStarter;
  readonly #running: RunningReplies;
  #target: DocumentTarget | undefined;

  constructor(starter: ReplyStarter, running: RunningReplies) {
    this.#starter = starter;
    this.#running = running;
  }

  /** Resolves when the reply has ended and is written. */
  async ask(question: Question, language?: string): Promise<void> {
    await (await this.load()).ask(question, language);
  }

  async load(): Promise<DocumentTarget> {
    // The build turns this import into a chunk of its own.
    const loaded = await import('./document-target.ts');
    this.#target ??= new loaded.DocumentTarget(this.#starter, this.#running);
    return this.#target;
  }

  /** Goes on in the active editor, where its document is an unfinished reply's; else false. */
  continueActive(): boolean {
    return this.#target?.continueActive() ?? false;
  }

  placeOf(conversation: Conversation): Place | null {
    return this.#target?.placeOf(conversation) ?? null;
  }

  dispose(): void {
    this.#target?.dispose();
  }
}
