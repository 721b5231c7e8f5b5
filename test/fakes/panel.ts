import './use-vscode.ts';
import type * as vscode from 'vscode';
import type { Conversation } from '../../src/core/conversation/conversation.ts';
import { Reply } from '../../src/core/conversation/reply.ts';
import type { PanelServices } from '../../src/host/panel/panel.ts';
import { anyRequest } from './request.ts';
import { defaultSettings } from './settings.ts';
import { type Call, calls, fakeUri, type Uri } from './vscode.ts';

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

const nothing = { dispose: (): void => {} };

const record =
  (name: string) =>
  (...given: readonly unknown[]): void => {
    calls.push({ name, given });
  };

/** Records what it is asked to do; nothing is sent. @param origin where the extension's files are */
export function fakePanelServices(origin: string): PanelServices {
  return {
    extensionUri: fakeUri(origin),
    connections: {
      onDidLearnCapabilities: () => nothing,
      getCapabilities: () => null,
    },
    keyPrompt: {
      open: () => Promise.resolve(null),
      askAndStore: async () => {
        calls.push({ name: 'keyPrompt.askAndStore', given: [] });
        return true;
      },
    },
    lastEditor: { current: undefined },
    replacements: { propose: async (...given) => record('replacements.propose')(...given) },
    firstUse: { takePrivacyNote: () => '' },
    preflight: {
      draft: ({ prompt }) => ({
        request: { ...anyRequest, userText: prompt.kind === 'free' ? prompt.text : '' },
        countable: null,
      }),
    },
    replies: {
      submit: async (question) => {
        const { prompt, attachments } = question;
        if (prompt.kind === 'free' && prompt.text === heldBack) return null;
        calls.push({ name: 'replies.submit', given: [question] });
        return { after: null, prompt, attachments, reply: new Reply('r', anyRequest.model, 0) };
      },
      continue: async (...given) => {
        record('replies.continue')(...given);
        return null;
      },
    },
    running: {
      stop: async (...given) => record('running.stop')(...given),
      interrupt: async (...given) => record('running.interrupt')(...given),
      retryNow: record('running.retryNow'),
    },
    log: { warn: record('log.warn'), error: record('log.error') },
    settings: { read: () => ({ ...defaultSettings, follow: false }) },
    spending: {
      counter: {
        follow: () => ({
          ...nothing,
          update: (draft) => record('estimate.write')(draft?.request.userText),
        }),
      },
      budget: { createCheck: () => Promise.resolve(() => null) },
    },
  };
}

/** @param origin where the page gets the extension's files from */
export function hostPanel(conversation: Conversation, origin: string): HostedPanel {
  let receive = (_message: unknown): void => {};
  let html = '';
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
  new Panel(
    webviewPanel as unknown as vscode.WebviewPanel,
    'a-conversation',
    conversation,
    fakePanelServices(origin),
  );
  return {
    html,
    takeCalls: () => calls.splice(0),
    receive: (message) => receive(message),
  };
}
