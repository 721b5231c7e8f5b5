/** What no other text has: wherever it turns up, it is the key that got there. */
export const canary = 'CanaryOfTheKey4b7f29d1';

/**
 * The API key of every test that VS Code runs in. It ends in characters that URLs, JSON and HTML may
 * write in another way.
 */
export const canaryKey = `sk-ant-${canary}+/=`;

/** The secret of a header: as easy to find as the key. */
export const canaryOfHeaders = 'CanaryOfTheHeader9c0e53a7';
