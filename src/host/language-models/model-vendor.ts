/** The vendor in package.json's `languageModelChatProviders`. */
export const modelVendor = 'claude-stream';
