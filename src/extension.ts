import * as vscode from 'vscode';
import { ApiKeyStore } from './host/api-key/api-key-store.ts';
import { registerKeyCommands } from './host/api-key/register-key-commands.ts';
import { Asker } from './host/ask/asker.ts';
import { QuestionGate } from './host/ask/question-gate.ts';
import { registerAskCommands } from './host/ask/register-ask-commands.ts';
import { registerCodeActions } from './host/ask/register-code-actions.ts';
import { registerBatches } from './host/batches/register-batches.ts';
import type { ChatParticipantParts } from './host/chat/chat-participant.ts';
import { registerChatParticipant } from './host/chat/register-chat-participant.ts';
import { registerCheck } from './host/check/register-check.ts';
import { LastEditor } from './host/code/last-editor.ts';
import { commandIds } from './host/command-ids.ts';
import { Commands, registerCommands } from './host/commands.ts';
import { registerCompareCommand } from './host/compare/register-compare-command.ts';
import { Connections } from './host/connections.ts';
import { Documents } from './host/document/documents.ts';
import { environmentKey, type Runtime } from './host/environment.ts';
import { FirstUse } from './host/first-use/first-use.ts';
import type { HistoryPlaces } from './host/history/load-history.ts';
import { registerHistory, registerHistoryView } from './host/history/register-history.ts';
import {
  type LanguageModelParts,
  registerLanguageModels,
} from './host/language-models/register-language-models.ts';
import { Panels } from './host/panel/panels.ts';
import type { SavedPromptDeps } from './host/prompts/prompts-deps.ts';
import { registerPrompts } from './host/prompts/register-prompts.ts';
import { registerLater } from './host/register-later.ts';
import { LazyReplacements } from './host/replace/lazy-replacements.ts';
import { registerReplace } from './host/replace/register-replace.ts';
import { registerReplyCommands } from './host/replies/register-reply-commands.ts';
import { ReplyStarter } from './host/replies/reply-starter.ts';
import { RunningReplies } from './host/replies/running-replies.ts';
import { SettingsReader } from './host/settings-reader.ts';
import { registerUsageStatus } from './host/status-bar/register-usage-status.ts';
import { UsageTotals } from './host/status-bar/usage-totals.ts';
import { ConversationStore } from './host/storage/conversation-store.ts';
import { WorkspaceStorage } from './host/storage/workspace-storage.ts';
import { LazySpending } from './host/usage/lazy-spending.ts';
import { recordUsage } from './host/usage/record-usage.ts';
import { registerUsageView } from './host/usage/register-usage-view.ts';

/** VS Code asks for it by a function of this module, and waits until it has resolved. */
let close = async (): Promise<void> => {};

/**
 * Tells VS Code what there is, and no more: the parts behind it are made for the first thing that
 * is asked of them.
 */
export function activate(context: vscode.ExtensionContext, runtime: Runtime = 'node'): void {
  let made: Parts | undefined;
  const parts = (): Parts => {
    made ??= compose(context, runtime);
    return made;
  };
  close = async () => made?.close();
  context.subscriptions.push(
    registerCommands(() => parts().commands),
    registerChatParticipant(() => parts().chatParticipant),
    registerLanguageModels(() => parts().languageModels),
    registerLater(() => parts().register()),
    new vscode.Disposable(() => made?.dispose()),
  );
}

/** What `activate` registers is made of. */
interface Parts extends vscode.Disposable {
  readonly commands: Commands;
  readonly chatParticipant: ChatParticipantParts;
  readonly languageModels: LanguageModelParts;
  /** What is registered for VS Code to ask, and nobody waits for. */
  register(): vscode.Disposable;
  /** Writes down what streams. */
  close(): Promise<void>;
}

/** The composition root: constructs the parts, and hands each what it needs. */
export function compose(context: vscode.ExtensionContext, runtime: Runtime): Parts {
  const { secrets, extensionUri, globalStorageUri } = context;
  const commands = new Commands();
  const version = String(context.extension.packageJSON.version);
  const log = vscode.window.createOutputChannel('Claude Stream', { log: true });
  const settings = new SettingsReader();
  const keys = new ApiKeyStore(secrets, environmentKey());
  const connections = new Connections(keys, settings, context.globalState, secrets, log, runtime);
  const running = new RunningReplies();
  const starter = new ReplyStarter(connections, settings, running, log);
  const storageIn = (folder: string) =>
    new WorkspaceStorage(vscode.Uri.joinPath(globalStorageUri, folder));
  const places: HistoryPlaces = {
    conversations: storageIn('conversations'),
    index: storageIn('history'),
    changed: new vscode.EventEmitter<void>(),
    prices: () => settings.read().prices,
    log,
  };
  const store = new ConversationStore(places);
  const spending = new LazySpending({
    storage: storageIn('usage'),
    connections,
    settings,
    memory: context.globalState,
    log,
  });
  const gate = new QuestionGate(connections, settings, spending);
  const lastEditor = new LastEditor();
  const firstUse = new FirstUse(context.globalState, starter.onDidChange);
  const saved: SavedPromptDeps = {
    userFolder: vscode.Uri.joinPath(globalStorageUri, 'prompts'),
    memory: context.globalState,
  };
  const replacements = new LazyReplacements({ gate, starter, running, saved });
  const panels = new Panels(store, {
    gate,
    firstUse,
    connections,
    extensionUri,
    starter,
    running,
    settings,
    lastEditor,
    spending,
    replacements,
    log,
  });
  const documents = new Documents(starter, running);
  const history = { places, panels };
  const usage = new UsageTotals();
  const recording = recordUsage(starter, spending, usage, log);
  const asker = new Asker({ connections, gate, settings, starter, panels, documents, spending });

  const disposables = vscode.Disposable.from(
    log,
    running,
    starter,
    firstUse,
    lastEditor,
    documents,
    replacements,
    places.changed,
    usage.follow(starter.onDidChange),
    recording,
    registerAskCommands(commands, asker),
    registerCompareCommand(commands, {
      connections,
      gate,
      settings,
      starter,
      panels,
      spending,
      memory: context.globalState,
    }),
    registerPrompts(commands, {
      asker,
      panels,
      gate,
      starter,
      running,
      spending,
      settings,
      ...saved,
      workspaceMemory: context.workspaceState,
    }),
    registerReplace(commands, replacements),
    registerReplyCommands(commands, running, starter, panels, documents, replacements),
    registerHistory(commands, history),
    registerBatches(
      commands,
      { storage: storageIn('batches'), connections, settings, spending, usage, log },
      starter,
      saved,
    ),
    registerKeyCommands(commands, keys, connections, settings, secrets),
    registerCheck(commands, { keys, settings, secrets, log, version, runtime }),
    commands.register(commandIds.chooseModel, async () => {
      const { chooseModel } = await import('./host/model/choose-model.ts');
      await chooseModel(connections, settings);
    }),
    commands.register(commandIds.chooseEffort, async () => {
      const { chooseEffort } = await import('./host/model/choose-effort.ts');
      await chooseEffort(connections, settings);
    }),
    registerUsageView(commands, { extensionUri, settings, totals: usage, log }, spending),
    commands.register(commandIds.showLog, () => log.show()),
  );
  return {
    commands,
    chatParticipant: { firstUse, gate, settings, starter, running },
    languageModels: { connections, settings, starter, running, spending, secrets },
    register: () =>
      vscode.Disposable.from(
        panels.registerSerializer(),
        registerCodeActions(),
        registerUsageStatus(usage, settings),
        registerHistoryView(history),
      ),
    close: async () => {
      await Promise.all([panels.close(), recording.close()]);
    },
    dispose: () => disposables.dispose(),
  };
}

/**
 * What streams now is written down first and aborted after, by the subscriptions: it was not
 * stopped by the user, and isn't to be told so when it comes back.
 */
export async function deactivate(): Promise<void> {
  await close();
}
