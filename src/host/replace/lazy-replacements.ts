import type * as vscode from 'vscode';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { Place } from '../replies/place.ts';
import type { Replacements, ReplaceParts } from './replacements.ts';

/** Replacing code, loaded with the first use. */
export class LazyReplacements implements vscode.Disposable {
  readonly #parts: ReplaceParts;
  #loaded: Replacements | undefined;

  constructor(parts: ReplaceParts) {
    this.#parts = parts;
  }

  async load(): Promise<Replacements> {
    // The build turns this import into a chunk of its own.
    const { Replacements: Loaded } = await import('./replacements.ts');
    this.#loaded ??= new Loaded(this.#parts);
    return this.#loaded;
  }

  placeOf(conversation: Conversation): Place | null {
    return this.#loaded?.placeOf(conversation) ?? null;
  }

  dispose(): void {
    this.#loaded?.dispose();
  }
}
