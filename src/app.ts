import * as vscode from 'vscode';
import { AskService, registerAsk } from './host/ask/ask-service.ts';
import { provideCodeActions } from './host/ask/code-actions.ts';
import { registerCompare } from './host/ask/compare-models.ts';
import { FirstUse } from './host/ask/first-use.ts';
import { Preflight } from './host/ask/preflight.ts';
import { registerReplyCommands } from './host/ask/register-reply-commands.ts';
import { ReplyService } from './host/ask/reply-service.ts';
import { RunningReplies } from './host/ask/running-replies.ts';
import { registerBatches } from './host/batches/register-batches.ts';
import { announceModels } from './host/chat/announce-models.ts';
import { ChatParticipant } from './host/chat/chat-participant.ts';
import { LanguageModelProvider } from './host/chat/language-model-provider.ts';
import { commandIds } from './host/command-ids.ts';
import { Commands } from './host/commands.ts';
import { ApiKeyStore, environmentApiKey, type Runtime } from './host/connection/api-key.ts';
import { registerCheck } from './host/connection/check-connection.ts';
import { Connections } from './host/connection/connections.ts';
import { KeyPrompt } from './host/connection/key-prompt.ts';
import {
  registerKeyCommands,
  registerModelCommands,
} from './host/connection/register-connection.ts';
import { DocumentTarget } from './host/document/document-target.ts';
import { LastEditor } from './host/editor/last-editor.ts';
import type { HistoryStorage } from './host/history/conversation-list.ts';
import { ConversationStore } from './host/history/conversation-store.ts';
import { historyChildren } from './host/history/history-tree.ts';
import { registerHistory } from './host/history/register-history.ts';
import { Panels } from './host/panel/panels.ts';
import { registerPrompts } from './host/prompts/register-prompts.ts';
import { Replacements, registerReplace } from './host/replace/replacements.ts';
import { SettingsReader } from './host/settings-reader.ts';
import { WorkspaceStorage } from './host/storage/workspace-storage.ts';
import { createUsageServices } from './host/usage/usage-services.ts';
import { registerUsageStatus } from './host/usage/usage-status.ts';
import { recordUsage, UsageTotals } from './host/usage/usage-totals.ts';
import { registerUsageView } from './host/usage/usage-view.ts';

/** Events that the stub has registered with VS Code; the app fires them. */
export interface AppEvents {
  /** The list of conversations has changed. */
  readonly history: Pick<vscode.EventEmitter<void>, 'fire'>;
  /** The language models may have changed. */
  readonly models: Pick<vscode.EventEmitter<void>, 'fire'>;
}

/** What is behind the stub's registrations. */
export interface App extends vscode.Disposable {
  readonly commands: Commands;
  readonly panels: Pick<Panels, 'restore'>;
  readonly chatParticipant: ChatParticipant;
  readonly codeActions: typeof provideCodeActions;
  /** Made when it is first needed: it follows the settings, and tells VS Code of changes. */
  languageModels(): LanguageModelProvider;
  historyChildren(parent: vscode.TreeItem | undefined): Promise<vscode.TreeItem[]>;
  /** Writes down what streams. */
  close(): Promise<void>;
}

/** The composition root: constructs the services and registers each feature with what it needs. */
export function composeApp(
  context: vscode.ExtensionContext,
  runtime: Runtime,
  events: AppEvents,
): App {
  const { secrets, extensionUri, globalStorageUri, globalState: memory } = context;
  const commands = new Commands();
  const version = String(context.extension.packageJSON.version);
  const log = vscode.window.createOutputChannel('Claude Stream', { log: true });
  const storageIn = (folder: string) =>
    new WorkspaceStorage(vscode.Uri.joinPath(globalStorageUri, folder));
  const settings = new SettingsReader();
  // Detached: it doesn't reject, and nothing depends on it.
  void settings.reportIgnored();
  const keys = new ApiKeyStore(secrets, environmentApiKey());
  const connections = new Connections({ keys, settings, memory, secrets, log }, runtime);
  const keyPrompt = new KeyPrompt({ keys, settings, secrets, connections });
  const running = new RunningReplies();
  const spending = createUsageServices({
    storage: storageIn('usage'),
    connections,
    settings,
    memory,
    log,
  });
  const { ledger } = spending;
  const preflight = new Preflight({ connections, keyPrompt, settings, spending });
  const replies = new ReplyService({ preflight, keyPrompt, settings, running, log });
  const lastEditor = new LastEditor();
  const firstUse = new FirstUse(memory, replies.onDidChange);
  const places: HistoryStorage = {
    conversations: storageIn('conversations'),
    index: storageIn('history'),
    changed: events.history,
    prices: () => settings.read().prices,
    log,
  };
  const saved = { userFolder: vscode.Uri.joinPath(globalStorageUri, 'prompts'), memory };
  const replacements = new Replacements({ replies, running, saved });
  const documents = new DocumentTarget({ replies, running });
  const usage = new UsageTotals();
  const recording = recordUsage(replies, ledger, usage, log);
  /** What several features need; each names in its own type what it takes of it. */
  const services = {
    ...{ connections, documents, extensionUri, firstUse, keyPrompt, keys, lastEditor, log },
    ...{
      memory,
      preflight,
      replacements,
      replies,
      running,
      runtime,
      secrets,
      settings,
      spending,
      usage,
    },
  };
  const panels = new Panels(
    new ConversationStore(places, (reply) => void recording.recordInterrupted(reply)),
    services,
  );
  const asker = new AskService({ ...services, panels });
  let models: LanguageModelProvider | undefined;

  const disposables = vscode.Disposable.from(
    log,
    running,
    replies,
    firstUse,
    lastEditor,
    documents,
    replacements,
    usage.follow(replies.onDidChange),
    recording,
    registerAsk(commands, asker),
    registerCompare(commands, { ...services, panels }),
    registerPrompts(commands, {
      ...services,
      ...saved,
      asker,
      panels,
      workspaceMemory: context.workspaceState,
    }),
    registerReplace(commands, replacements),
    registerReplyCommands(commands, { ...services, panels }),
    registerHistory(commands, { storage: places, panels }),
    registerBatches(commands, { ...services, storage: storageIn('batches') }, replies, saved),
    registerKeyCommands(commands, keys, keyPrompt, settings, secrets),
    registerCheck(commands, {
      ...services,
      version,
      recordReply: (id, receipt) => void recording.record(id, receipt),
    }),
    registerModelCommands(commands, services),
    registerUsageView(commands, { ...services, totals: usage }, ledger),
    registerUsageStatus(usage, settings, running),
    commands.register(commandIds.showLog, () => log.show()),
    announceModels({ secrets, onDidChangeReply: replies.onDidChange, changed: events.models }),
    new vscode.Disposable(() => models?.dispose()),
  );
  return {
    commands,
    panels,
    chatParticipant: new ChatParticipant(services),
    codeActions: provideCodeActions,
    languageModels: () => {
      models ??= new LanguageModelProvider({ ...services, changed: events.models });
      return models;
    },
    historyChildren: (parent) => historyChildren(places, parent),
    close: async () => {
      await Promise.all([panels.close(), recording.close()]);
    },
    dispose: () => disposables.dispose(),
  };
}
