import type { Settings } from '../../core/settings.ts';

/**
 * The user's word that others may ask with their key. VS Code asks for none: any extension could
 * spend the user's money otherwise.
 */
export class ModelPermission {
  readonly #setting: () => Settings['chatModels'];
  readonly #ask: () => Promise<boolean>;
  /** What the user is being asked, or has said in this window. */
  #answer: Promise<boolean> | undefined;

  /** @param ask asks the user, and keeps a yes in the setting */
  constructor(setting: () => Settings['chatModels'], ask: () => Promise<boolean>) {
    this.#setting = setting;
    this.#ask = ask;
  }

  async isGiven(): Promise<boolean> {
    switch (this.#setting()) {
      case 'allow':
        return true;
      case 'off':
        return false;
      case 'ask':
        // Once a window: who says no isn't to be worn down.
        this.#answer ??= this.#ask();
        return this.#answer;
    }
  }
}
