import type * as vscode from 'vscode';
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

  dispose(): void {
    this.#loaded?.dispose();
  }
}
