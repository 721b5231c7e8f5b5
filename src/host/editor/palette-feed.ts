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

export interface PaletteFeedOptions {
  readonly read: () => Promise<Palette | null>;
  /** Called with null where the theme can't be read: the page has colours for that. */
  readonly post: (palette: Palette | null) => void;
  readonly onError: (error: unknown) => void;
}

/** Posts the editor's colours for code, when asked and whenever they change. */
export class PaletteFeed implements vscode.Disposable {
  readonly #options: PaletteFeedOptions;
  readonly #subscriptions: Subscription;
  /** Counts the reads: one that was overtaken by another posts nothing. */
  #latest = 0;

  constructor(options: PaletteFeedOptions) {
    this.#options = options;
    this.#subscriptions = joinSubscriptions(
      vscode.window.onDidChangeActiveColorTheme(() => this.send()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (settings.some((setting) => change.affectsConfiguration(setting))) this.send();
      }),
    );
  }

  send(): void {
    this.#latest++;
    this.#readAndPost(this.#latest).catch(this.#options.onError);
  }

  dispose(): void {
    this.#latest++;
    this.#subscriptions.dispose();
  }

  async #readAndPost(read: number): Promise<void> {
    const palette = await this.#options.read();
    if (read === this.#latest) this.#options.post(palette);
  }
}
