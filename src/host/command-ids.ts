/** Every command of the extension. A test holds this table and package.json together. */
export const commandIds = {
  ask: 'claudeStream.ask',
  explainSelection: 'claudeStream.explainSelection',
  askInDocument: 'claudeStream.askInDocument',
  attachSelection: 'claudeStream.attachSelection',
  askAboutReply: 'claudeStream.askAboutReply',
  stop: 'claudeStream.stop',
  continueReply: 'claudeStream.continueReply',
  retryReply: 'claudeStream.retryReply',
  newConversation: 'claudeStream.newConversation',
  history: 'claudeStream.history',
  openConversation: 'claudeStream.openConversation',
  exportConversation: 'claudeStream.exportConversation',
  renameConversation: 'claudeStream.renameConversation',
  deleteConversation: 'claudeStream.deleteConversation',
  deleteAllConversations: 'claudeStream.deleteAllConversations',
  chooseModel: 'claudeStream.chooseModel',
  setApiKey: 'claudeStream.setApiKey',
  clearApiKey: 'claudeStream.clearApiKey',
  showUsage: 'claudeStream.showUsage',
  showLog: 'claudeStream.showLog',
} as const;

/** Context keys that `when` clauses in package.json use. */
export const contextKeys = {
  streaming: 'claudeStream.streaming',
  /** A follow-up was asked in this window: it completes a step of the walkthrough. */
  followedUp: 'claudeStream.followedUp',
} as const;

/** The walkthrough, as VS Code's commands name it. */
export const walkthrough = 'claude-stream.claude-stream#firstMinutes';
/** Its step about what leaves the machine. */
export const privacyStep = 'privacy';

/** The view of conversations, hidden until it is asked for. */
export const historyView = 'claudeStream.history';
