import type * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Prompt } from '../../core/prompt/prompt.ts';
import type { ReplyStarter } from '../replies/reply-starter.ts';
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
  async ask(prompt: Prompt, attachments: readonly Attachment[], language?: string): Promise<void> {
    await (await this.load()).ask(prompt, attachments, language);
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

  dispose(): void {
    this.#target?.dispose();
  }
}
