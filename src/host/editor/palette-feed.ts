import * as vscode from 'vscode';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import type { Palette } from '../../core/theme/palette.ts';

const settings = [
  'workbench.colorTheme',
  'workbench.preferredLightColorTheme',
  'workbench.preferredDarkColorTheme',
  'workbench.preferredHighContrastColorTheme',
  'workbench.preferredHighContrastLightColorTheme',
  'window.autoDetectColorScheme',
  'window.autoDetectHighContrast',
  'editor.tokenColorCustomizations',
];

/** Posts the editor's colours for code, when asked and whenever they change. */
export class PaletteFeed implements vscode.Disposable {
  readonly #read: () => Promise<Palette | null>;
  readonly #post: (palette: Palette | null) => void;
  readonly #onError: (error: unknown) => void;
  readonly #subscriptions: Subscription;
  /** Counts the reads: one that was overtaken by another posts nothing. */
  #latest = 0;

  /** @param post called with null where the theme can't be read: the page has colours for that */
  constructor(
    read: () => Promise<Palette | null>,
    post: (palette: Palette | null) => void,
    onError: (error: unknown) => void,
  ) {
    this.#read = read;
    this.#post = post;
    this.#onError = onError;
    this.#subscriptions = joinSubscriptions(
      vscode.window.onDidChangeActiveColorTheme(() => this.send()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (settings.some((setting) => change.affectsConfiguration(setting))) this.send();
      }),
    );
  }

  send(): void {
    this.#latest++;
    this.#readAndPost(this.#latest).catch(this.#onError);
  }

  dispose(): void {
    this.#latest++;
    this.#subscriptions.dispose();
  }

  async #readAndPost(read: number): Promise<void> {
    const palette = await this.#read();
    if (read === this.#latest) this.#post(palette);
  }
}
