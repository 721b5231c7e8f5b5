/** Every command of the extension. A test holds this table and package.json together. */
export const commandIds = {
  ask: 'claudeStream.ask',
  explainSelection: 'claudeStream.explainSelection',
  askInDocument: 'claudeStream.askInDocument',
  stop: 'claudeStream.stop',
  continueReply: 'claudeStream.continueReply',
  retryReply: 'claudeStream.retryReply',
  chooseModel: 'claudeStream.chooseModel',
  setApiKey: 'claudeStream.setApiKey',
  clearApiKey: 'claudeStream.clearApiKey',
  showUsage: 'claudeStream.showUsage',
  showLog: 'claudeStream.showLog',
} as const;

/** Context keys that `when` clauses in package.json use. */
export const contextKeys = { streaming: 'claudeStream.streaming' } as const;
