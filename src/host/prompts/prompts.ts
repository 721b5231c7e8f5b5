/** The entry of the lazily loaded chunk. */
export { editPrompt } from './edit-prompt.ts';
export { newPrompt } from './new-prompt.ts';
export { runPrompt } from './run-prompt.ts';
