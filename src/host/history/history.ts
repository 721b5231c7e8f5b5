/** The way into the lazy chunk `dist/history.cjs`: all that reads conversations back. */
export { chooseAndExport } from './choose-export.ts';
export { ConversationList } from './conversation-list.ts';
export { deleteAllConversations, deleteConversation } from './delete-conversations.ts';
export { historyChildren } from './history-nodes.ts';
export { pickConversation } from './history-pick.ts';
export { renameConversation } from './rename-conversation.ts';
export { restoreConversation } from './restore-conversation.ts';
