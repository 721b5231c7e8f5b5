import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { FakeWebviewPanel } from '../fakes/webview-panel.ts';

type Question = 'secret' | 'budget';

/**
 * Sits in front of VS Code until it is disposed of: answers notifications, chooses what is listed
 * first, and types into boxes. The extension's `vscode` is the tests'. Its panels have no page.
 */
export class Person implements vscode.Disposable {
  /** What they let pass when they are asked. */
  agreesTo: ReadonlySet<Question> = new Set(['secret', 'budget']);
  /** What they were asked, in order. */
  readonly asked: Question[] = [];
  /** What they type into a box, how long they then look at it, in milliseconds. */
  types = '';
  looksMs = 0;
  /** Whether they leave the box without asking. */
  givesUp = false;
  /** The row they choose from a list, where it is there; else the first. */
  chooses = '';
  readonly panels: FakeWebviewPanel[] = [];
  /** Notifications on screen, the newest last. */
  readonly #shown: { buttons: readonly unknown[]; close: (button?: string) => void }[] = [];
  readonly #undo: (() => void)[] = [];

  constructor() {
    for (const kind of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage']) {
      this.#replace(vscode.window, kind, (_message: string, ...rest: readonly unknown[]) =>
        this.#answer(rest),
      );
    }
    this.#replace(vscode.window, 'showQuickPick', async (items: readonly { label: string }[]) => {
      const rows = await items;
      return rows.find(({ label }) => label.includes(this.chooses)) ?? rows[0];
    });
    this.#replace(vscode.window, 'createInputBox', () => this.#inputBox());
    // VS Code gives the running extension's own log for its name: disposing of one closes both.
    const { createOutputChannel } = vscode.window;
    this.#replace(vscode.window, 'createOutputChannel', (name: string, options: { log: true }) => ({
      ...createOutputChannel(name, options),
      dispose: () => {},
    }));
    this.#replace(vscode.window, 'createQuickPick', () => quickPick());
    this.#replace(vscode.window, 'createWebviewPanel', (_type: string, title: string) => {
      const panel = new FakeWebviewPanel(title, vscode.ViewColumn.Two);
      this.panels.push(panel);
      return panel;
    });
  }

  /** Has the extension find this in place of another one. */
  install(id: string, exported: unknown): void {
    const real = vscode.extensions.getExtension;
    this.#replace(vscode.extensions, 'getExtension', (asked: string) =>
      asked === id ? { activate: async () => exported } : real(asked),
    );
  }

  /** Resolves once there is a notification with this button. */
  async hasShown(button: string): Promise<void> {
    while (this.#with(button) === undefined) await sleep(10);
  }

  /** Presses the button of the newest notification that has it, once there is one. */
  async press(button: string): Promise<void> {
    await this.hasShown(button);
    this.#with(button)?.close(button);
  }

  dispose(): void {
    for (const { close } of this.#shown) close();
    for (const undo of this.#undo.splice(0).reverse()) undo();
    for (const panel of this.panels) panel.dispose();
  }

  #with(button: string) {
    return this.#shown.findLast(({ buttons }) => buttons.includes(button));
  }

  #answer(rest: readonly unknown[]): Promise<string | undefined> {
    const questions = { secret: 'Send As It Is', budget: 'Send Anyway' } as const;
    for (const question of ['secret', 'budget'] as const) {
      const button = questions[question];
      if (!rest.includes(button)) continue;
      this.asked.push(question);
      return Promise.resolve(this.agreesTo.has(question) ? button : undefined);
    }
    const { promise, resolve: close } = Promise.withResolvers<string | undefined>();
    this.#shown.push({ buttons: rest, close });
    return promise;
  }

  #inputBox(): object {
    const heard = listeners();
    const box = {
      ...heard.events,
      value: '',
      show: () =>
        setTimeout(() => {
          box.value = this.types;
          heard.tell('onDidChangeValue');
          setTimeout(() => heard.tell(this.givesUp ? 'onDidHide' : 'onDidAccept'), this.looksMs);
        }),
      dispose: () => {},
    };
    return box;
  }

  #replace(owner: object, name: string, value: unknown): void {
    const real: unknown = Reflect.get(owner, name);
    Object.defineProperty(owner, name, { value, configurable: true });
    this.#undo.push(() => Object.defineProperty(owner, name, { value: real, configurable: true }));
  }
}

/** A list in which the first row is accepted as soon as there is one. */
function quickPick(): object {
  const heard = listeners();
  let items: readonly unknown[] = [];
  return {
    ...heard.events,
    get items() {
      return items;
    },
    set items(next) {
      if (items.length === 0 && next.length > 0) setTimeout(() => heard.tell('onDidAccept'));
      items = next;
    },
    get selectedItems() {
      return items.slice(0, 1);
    },
    value: '',
    show: () => {},
    hide: () => heard.tell('onDidHide'),
    dispose: () => {},
  };
}

const eventNames = [
  'onDidChangeValue',
  'onDidAccept',
  'onDidHide',
  'onDidTriggerButton',
  'onDidTriggerItemButton',
] as const;
type EventName = (typeof eventNames)[number];

function listeners() {
  const all = new Map<EventName, () => void>();
  const events = eventNames.map((name) => [
    name,
    (listener: () => void) => {
      all.set(name, listener);
      return { dispose: () => all.delete(name) };
    },
  ]);
  return {
    events: Object.fromEntries(events),
    tell: (name: EventName): void => all.get(name)?.(),
  };
}
