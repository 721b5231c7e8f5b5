import * as vscode from 'vscode';
import type { App } from './app.ts';
import { explainKind, problemKind } from './host/ask/code-action-kinds.ts';
import {
  chatParticipantId,
  commandIds,
  historyView,
  modelVendor,
  panelViewType,
} from './host/command-ids.ts';
import type { Runtime } from './host/connection/api-key.ts';
import { watchClosing } from './host/panel/watch-closing.ts';

/** Undefined until something was asked of the extension, and after it could not be loaded. */
let app: Promise<App> | undefined;

/** Tells VS Code what there is, and no more: the app is loaded by the first use of any of it. */
export function activate(context: vscode.ExtensionContext, runtime: Runtime = 'node'): void {
  const events = {
    history: new vscode.EventEmitter<void>(),
    models: new vscode.EventEmitter<void>(),
  };
  const load = (): Promise<App> => {
    app ??= import('./app.ts')
      .then(({ composeApp }) => {
        const composed = composeApp(context, runtime, events);
        context.subscriptions.push(composed);
        return composed;
      })
      .catch((error: unknown) => {
        app = undefined;
        throw error;
      });
    return app;
  };
  context.subscriptions.push(
    events.history,
    events.models,
    ...Object.values(commandIds).map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) =>
        (await load()).commands.run(id, args),
      ),
    ),
    ...registerChat(load),
    ...registerModels(load, events.models.event),
    registerCodeActions(load),
    vscode.window.registerWebviewPanelSerializer(panelViewType, {
      deserializeWebviewPanel: async (webviewPanel, state: unknown) => {
        const isClosed = watchClosing(webviewPanel);
        await (await load()).panels.restore(webviewPanel, state, isClosed);
      },
    }),
    vscode.window.registerTreeDataProvider<vscode.TreeItem>(historyView, {
      onDidChangeTreeData: events.history.event,
      getTreeItem: (node) => node,
      getChildren: async (node) => (await load()).historyChildren(node),
    }),
  );
}

/**
 * VS Code waits until it has resolved. What streams now is written down first and aborted after, by
 * the subscriptions: it was not stopped by the user, and isn't to be told so when it comes back.
 */
export async function deactivate(): Promise<void> {
  const loaded = await app?.catch(() => undefined);
  await loaded?.close();
}

/** `@claude` in VS Code's own chat. Editors made from VS Code without its chat have no such thing. */
function registerChat(load: () => Promise<App>): readonly vscode.Disposable[] {
  const participant = vscode.chat?.createChatParticipant?.(
    chatParticipantId,
    async (request, context, response, token) =>
      (await load()).chatParticipant.answer(request, context, response, token),
  );
  if (participant === undefined) return [];
  participant.iconPath = new vscode.ThemeIcon('sparkle');
  participant.followupProvider = {
    provideFollowups: async (result) => (await load()).chatParticipant.followups(result),
  };
  return [participant];
}

/**
 * Offers Claude's models to VS Code's chat and to other extensions. Editors made from older versions
 * of VS Code may have no such thing.
 */
function registerModels(
  load: () => Promise<App>,
  changed: vscode.Event<void>,
): readonly vscode.Disposable[] {
  const models = async () => (await load()).languageModels();
  const registered = vscode.lm?.registerLanguageModelChatProvider?.(modelVendor, {
    onDidChangeLanguageModelChatInformation: changed,
    provideLanguageModelChatInformation: async (options, token) =>
      (await models()).list(options, token),
    provideLanguageModelChatResponse: async (model, messages, options, progress, token) =>
      (await models()).respond(model, messages, options, progress, token),
    provideTokenCount: async (model, text, token) => (await models()).count(model, text, token),
  });
  return registered === undefined ? [] : [registered];
}

/** The lightbulb's entries. */
function registerCodeActions(load: () => Promise<App>): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    {
      async provideCodeActions(document, range, context): Promise<vscode.CodeAction[]> {
        const { only, triggerKind, diagnostics } = context;
        // On save VS Code runs whatever kinds a workspace's settings name: nothing of ours is sent
        // so.
        const isOnSave = triggerKind === vscode.CodeActionTriggerKind.Automatic;
        if (isOnSave && only !== undefined) return [];
        if (range.isEmpty && diagnostics.length === 0) return [];
        return (await load()).codeActions(document, range, context);
      },
    },
    { providedCodeActionKinds: [explainKind, problemKind] },
  );
}
