/**
 * Stands in for the module `vscode` outside of VS Code: whatever is called is written down and does
 * nothing. See use-vscode.ts.
 */

import type * as vscode from 'vscode';
import { FakeWebviewPanel } from './webview-panel.ts';

export interface Call {
  /** Such as `env.openExternal`. */
  readonly name: string;
  readonly given: readonly unknown[];
}

export const calls: Call[] = [];

/** What a test wants certain calls to give, by their names; the others give nothing of interest. */
export const answers = new Map<string, (...given: readonly never[]) => unknown>();

/** Calls that give nothing where no test wants otherwise. */
const silent = new Map([['workspace.getConfiguration().inspect', () => undefined]]);

/** Has every property, and is a function, and so is all that it gives, but for what is `known`. */
function recorder(name: string, known: Readonly<Record<string, unknown>> = {}): unknown {
  return new Proxy(() => {}, {
    get: (_target, key) => {
      // It must not look like a promise, nor like an iterable.
      if (typeof key === 'symbol' || key === 'then') return undefined;
      if (key in known) return known[key];
      return recorder(`${name}.${key}`);
    },
    // Whatever is set is forgotten.
    set: () => true,
    apply: (_target, _this, given: readonly unknown[]) => {
      calls.push({ name, given });
      const answer = answers.get(name) ?? silent.get(name);
      return answer === undefined ? recorder(`${name}()`) : answer(...(given as never[]));
    },
  });
}

export const commands = recorder('commands');
export const env = recorder('env');
/** Those that were opened, in order. */
export const webviewPanels: FakeWebviewPanel[] = [];
/** No editor is open. */
export const window = recorder('window', {
  activeTextEditor: undefined,
  visibleTextEditors: [],
  tabGroups: recorder('window.tabGroups', {
    activeTabGroup: { viewColumn: 1, tabs: [] },
    all: [],
  }),
  createWebviewPanel: (_type: string, title: string, { viewColumn = 1 }) => {
    const made = new FakeWebviewPanel(title, viewColumn);
    webviewPanels.push(made);
    return made;
  },
});
export const extensions = { all: [] };
/** Those that a test opens. */
export const openDocuments: vscode.TextDocument[] = [];
/** The opened folders. */
export const openFolders: Pick<vscode.WorkspaceFolder, 'uri'>[] = [];
export const workspace = recorder('workspace', {
  workspaceFile: undefined,
  workspaceFolders: openFolders,
  textDocuments: openDocuments,
  notebookDocuments: [],
});
export const languages = recorder('languages', {
  getLanguages: () => Promise.resolve(['plaintext', 'typescript']),
});
export const SymbolKind = recorder('SymbolKind');
export const CodeActionKind = recorder('CodeActionKind');

export const l10n = {
  t: (message: string, ...given: readonly unknown[]): string =>
    message.replace(/\{(\d+)\}/g, (whole, index) => String(given[Number(index)] ?? whole)),
};

export class TreeItem {}
export class ThemeIcon {}
export class MarkdownString {
  value = '';
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export const EndOfLine = { LF: 1, CRLF: 2 } as const;

export const ViewColumn = { Beside: -2, One: 1, Nine: 9 } as const;

export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const ConfigurationTarget = { Global: 1 } as const;
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export const ProgressLocation = { Notification: 15 } as const;
export const version = '1.106.0';

export class Disposable {
  readonly #dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((each) => void each.dispose()));
  }

  dispose(): void {
    this.#dispose();
  }
}

/** Nobody hears it. */
export class EventEmitter {
  readonly event = () => ({ dispose: () => {} });
  fire(): void {}
  dispose(): void {}
}

export class Uri {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  static parse(text: string): Uri {
    return new Uri(text);
  }

  static from({ scheme, path }: { readonly scheme: string; readonly path: string }): Uri {
    return new Uri(`${scheme}:${path}`);
  }

  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return new Uri([base.toString(), ...parts].join('/'));
  }

  toString(): string {
    return this.#text;
  }
}

/** As VS Code's own. */
export const fakeUri = (text: string): vscode.Uri => new Uri(text) as unknown as vscode.Uri;
