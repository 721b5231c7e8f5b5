/** Every command of the extension. A test holds this table and package.json together. */
export const commandIds = {
  ask: 'claudeStream.ask',
  explainSelection: 'claudeStream.explainSelection',
  /** The same by another name: menus don't say whose a command is. */
  explainWithClaude: 'claudeStream.explainWithClaude',
  askInDocument: 'claudeStream.askInDocument',
  askAtCursor: 'claudeStream.askAtCursor',
  runPrompt: 'claudeStream.runPrompt',
  newPrompt: 'claudeStream.newPrompt',
  editPrompt: 'claudeStream.editPrompt',
  previewRequest: 'claudeStream.previewRequest',
  explainProblem: 'claudeStream.explainProblem',
  fixProblem: 'claudeStream.fixProblem',
  reviewChanges: 'claudeStream.reviewChanges',
  writeCommitMessage: 'claudeStream.writeCommitMessage',
  attachDefinitions: 'claudeStream.attachDefinitions',
  attachFile: 'claudeStream.attachFile',
  attachSelection: 'claudeStream.attachSelection',
  askAboutReply: 'claudeStream.askAboutReply',
  replaceSelection: 'claudeStream.replaceSelection',
  acceptReplacement: 'claudeStream.acceptReplacement',
  acceptHunk: 'claudeStream.acceptHunk',
  rejectReplacement: 'claudeStream.rejectReplacement',
  runPromptOnFiles: 'claudeStream.runPromptOnFiles',
  showBatches: 'claudeStream.showBatches',
  stop: 'claudeStream.stop',
  continueReply: 'claudeStream.continueReply',
  retryReply: 'claudeStream.retryReply',
  newConversation: 'claudeStream.newConversation',
  newPanel: 'claudeStream.newPanel',
  compareModels: 'claudeStream.compareModels',
  history: 'claudeStream.history',
  openConversation: 'claudeStream.openConversation',
  openInAnotherPanel: 'claudeStream.openInAnotherPanel',
  exportConversation: 'claudeStream.exportConversation',
  renameConversation: 'claudeStream.renameConversation',
  deleteConversation: 'claudeStream.deleteConversation',
  deleteAllConversations: 'claudeStream.deleteAllConversations',
  chooseModel: 'claudeStream.chooseModel',
  chooseEffort: 'claudeStream.chooseEffort',
  setApiKey: 'claudeStream.setApiKey',
  clearApiKey: 'claudeStream.clearApiKey',
  setHeaderSecret: 'claudeStream.setHeaderSecret',
  checkConnection: 'claudeStream.checkConnection',
  showUsage: 'claudeStream.showUsage',
  showLog: 'claudeStream.showLog',
} as const;

/** Context keys that `when` clauses in package.json use. */
export const contextKeys = {
  streaming: 'claudeStream.streaming',
  /** The documents that replies stream into, by their addresses. */
  streamingDocuments: 'claudeStream.streamingDocuments',
  /** The proposals that may be accepted, by their addresses. */
  replacementsReady: 'claudeStream.replacementsReady',
  /** The proposals whose replies ended too early and may go on, by their addresses. */
  replacementsUnfinished: 'claudeStream.replacementsUnfinished',
  /** A follow-up was asked in this window: it completes a step of the walkthrough. */
  followedUp: 'claudeStream.followedUp',
} as const;

/** The walkthrough, as VS Code's commands name it. */
export const walkthrough = 'claude-stream.claude-stream#firstMinutes';
/** Its step about what leaves the machine. */
export const privacyStep = 'privacy';

/** The view of conversations, hidden until it is asked for. */
export const historyView = 'claudeStream.history';

/** Panels that VS Code brings back after a reload of the window. */
export const panelViewType = 'claudeStream.panel';

/** In package.json's `chatParticipants`. */
export const chatParticipantId = 'claude-stream.claude';

/** The vendor in package.json's `languageModelChatProviders`. */
export const modelVendor = 'claude-stream';
