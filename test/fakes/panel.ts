import './use-vscode.ts';
import type * as vscode from 'vscode';
import type { Conversation } from '../../src/core/conversation/conversation.ts';
import type { Question } from '../../src/core/prompt/question.ts';
import type { PanelServices } from '../../src/host/panel/panel.ts';
import { type Call, calls, Uri } from './vscode.ts';

const { Panel } = await import('../../src/host/panel/panel.ts');

/** The host's half of a panel, outside of VS Code. */
export interface HostedPanel {
  /** The page that it shows. */
  readonly html: string;
  /** What it has done, in VS Code and with replies, since it was asked last. */
  takeCalls(): readonly Call[];
  /** As if the webview had sent it. */
  receive(message: unknown): void;
}

/** The user holds this question back. */
const heldBack = 'not now';

/** @param origin where the page gets the extension's files from */
export function hostPanel(conversation: Conversation, origin: string): HostedPanel {
  let receive = (_message: unknown): void => {};
  let html = '';
  const nothing = { dispose: (): void => {} };
  const record =
    (name: string) =>
    (...given: readonly unknown[]): void => {
      calls.push({ name, given });
    };
  const webview = {
    cspSource: origin,
    options: {},
    set html(page: string) {
      html = page;
    },
    asWebviewUri: (uri: Uri) => uri,
    postMessage: record('webview.postMessage'),
    onDidReceiveMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return nothing;
    },
  };
  const webviewPanel = {
    webview,
    title: 'Claude',
    visible: true,
    reveal: record('webviewPanel.reveal'),
    onDidChangeViewState: () => nothing,
    onDidDispose: () => nothing,
  };
  const parts = {
    extensionUri: new Uri(origin),
    connections: {
      onDidLearnCapabilities: () => nothing,
      getCapabilities: () => null,
    },
    keyPrompt: {
      open: () => Promise.resolve(null),
      askAndStore: () => {
        calls.push({ name: 'keyPrompt.askAndStore', given: [] });
        return Promise.resolve(true);
      },
    },
    lastEditor: { current: undefined },
    replacements: { propose: record('replacements.propose') },
    firstUse: { takePrivacyNote: () => '' },
    preflight: { draft: (question: Question) => question },
    replies: {
      submit: (question: Question) => {
        const { prompt } = question;
        if (prompt.kind === 'free' && prompt.text === heldBack) return Promise.resolve(null);
        calls.push({ name: 'replies.submit', given: [question] });
        return Promise.resolve({});
      },
      continue: record('replies.continue'),
    },
    running: { stop: record('running.stop'), retryNow: record('running.retryNow') },
    log: { warn: record('log.warn'), error: record('log.error') },
    settings: { read: () => ({ follow: false, model: 'claude-sonnet-5-5', effort: null }) },
    spending: {
      counter: {
        follow: () => ({
          ...nothing,
          update: ({ prompt }: Question) =>
            record('estimate.write')(prompt.kind === 'free' && prompt.text),
        }),
      },
      budget: { createCheck: () => Promise.resolve(() => null) },
    },
  };
  // Only what the panel uses of each.
  new Panel(
    webviewPanel as unknown as vscode.WebviewPanel,
    'a-conversation',
    conversation,
    parts as unknown as PanelServices,
  );
  return {
    html,
    takeCalls: () => calls.splice(0),
    receive: (message) => receive(message),
  };
}
