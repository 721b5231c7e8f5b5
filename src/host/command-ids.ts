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
  setHeaderSecret: 'claudeStream.setHeaderSecret',
  checkConnection: 'claudeStream.checkConnection',
  showUsage: 'claudeStream.showUsage',
  showLog: 'claudeStream.showLog',
} as const;

/** Context keys that `when` clauses in package.json use. */
export const contextKeys = { streaming: 'claudeStream.streaming' } as const;

/** The view of conversations, hidden until it is asked for. */
export const historyView = 'claudeStream.history';
