/** Takes a window as it is, in each theme. */
import { join } from 'node:path';
import type { ColorTheme } from '../vscode/calm-settings.ts';
import type { Workbench } from '../vscode/workbench.ts';

const themes: readonly [ColorTheme, string][] = [
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'hc-dark'],
  ['Light High Contrast', 'hc-light'],
];

export class Camera {
  readonly folder: string;
  readonly #only: ReadonlySet<string> | null;

  /** @param only the pictures to take, such as `done-light`; null for all */
  constructor(folder: string, only: ReadonlySet<string> | null) {
    this.folder = folder;
    this.#only = only;
  }

  async takeInEachTheme(workbench: Workbench, state: string): Promise<void> {
    for (const [theme, name] of themes) {
      const picture = `${state}-${name}`;
      if (this.#only !== null && !this.#only.has(picture)) continue;
      await workbench.setColorTheme(theme);
      await workbench.untilIdle();
      await workbench.screenshot(join(this.folder, `${picture}.png`));
    }
    console.log(state);
    await workbench.setColorTheme('Dark Modern');
  }
}
