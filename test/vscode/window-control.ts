/** Asks the extension in `window-control/` to do what a person's hands would take long for. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place, Range } from './editor.ts';

/** The folder of the extension, to be installed in the server. */
export const windowControlFolder = join(import.meta.dirname, 'window-control');
/** The environment variable that tells the extension where to write its address. */
export const windowControlVariable = 'WINDOW_CONTROL_ADDRESS';

export interface Revisions {
  readonly userRevision: number;
  readonly machineRevision: number;
}

/** VS Code's extensions count from 0. */
const fromZero = ({ line, column }: Place): Place => ({ line: line - 1, column: column - 1 });

interface Address {
  readonly pid: number;
  readonly port: number;
}

export class WindowControl {
  readonly #path: string;
  #address: Address | undefined;

  /** @param path Where the extension writes its address. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Forgets the extension host of before: to be called before a window is opened or reloaded. */
  async forget(): Promise<void> {
    this.#address = undefined;
    await rm(this.#path, { force: true });
  }

  /** Sets variables of the extension host, and of those that follow it in this window. */
  async setEnvironment(variables: Readonly<Record<string, string>>): Promise<void> {
    await writeFile(`${this.#path}.env`, JSON.stringify(variables));
  }

  /** The process of the window's extension host. */
  async extensionHost(): Promise<number> {
    return (await this.#find()).pid;
  }

  /** Resolves once VS Code has read both settings files in these revisions, and the environment. */
  async untilSettings(revisions: Revisions): Promise<void> {
    await this.#ask({ action: 'untilSettings', ...revisions });
  }

  /** Closes editors, panels and notifications, and saves nothing. */
  async tidy(): Promise<void> {
    await this.#ask({ action: 'tidy' });
  }

  /** Begins a command by its id; it may go on for long. */
  async begin(command: string, ...parameters: readonly unknown[]): Promise<void> {
    await this.#ask({ action: 'begin', command, parameters });
  }

  /** Opens a file in the active column, as a person does from a list. */
  async openFile(path: string): Promise<void> {
    await this.#ask({ action: 'openFile', path });
  }

  /** Selects in the active editor, and gives it the focus. */
  async select({ from, to }: Range): Promise<void> {
    await this.#ask({ action: 'select', from: fromZero(from), to: fromZero(to) });
  }

  async #ask(request: object): Promise<void> {
    const { port } = await this.#find();
    const response = await fetch(`http://127.0.0.1:${port}`, {
      method: 'POST',
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${JSON.stringify(request)}: ${text}`);
  }

  async #find(): Promise<Address> {
    const deadline = Date.now() + 60_000;
    while (this.#address === undefined) {
      const text = await readFile(this.#path, 'utf8').catch(() => '');
      if (text !== '') this.#address = JSON.parse(text) as Address;
      else if (Date.now() > deadline) throw new Error('The window has no extension host.');
      else await sleep(50);
    }
    return this.#address;
  }
}
