/*
 * What many chunks use. The build makes it a chunk of its own, which they load instead of each
 * bringing a copy. The host's half has its own copy, so that the first command loads one file.
 */
export * from '../core/claude/describe-failure.ts';
export * from '../core/claude/extra-headers.ts';
export * from '../core/claude/price.ts';
export * from '../core/claude/usage.ts';
export * from '../core/code/code-reader.ts';
export * from '../core/code/indent-like.ts';
export * from '../core/conversation/conversation.ts';
export * from '../core/conversation/describe-outcome.ts';
export * from '../core/conversation/format-figures.ts';
export * from '../core/conversation/journal-guards.ts';
export * from '../core/conversation/journal-seal.ts';
export * from '../core/conversation/number-format.ts';
export * from '../core/conversation/receipt.ts';
export * from '../core/conversation/receipt-rows.ts';
export * from '../core/conversation/reply.ts';
export * from '../core/emitter.ts';
export * from '../core/guard.ts';
export * from '../core/prompt/attachment.ts';
export * from '../core/prompt/built-in-prompts.ts';
export * from '../core/prompt/prompt.ts';
export * from '../core/prompt/surroundings.ts';
export * from '../core/secrets/find-secrets.ts';
export * from '../core/secrets/question-secrets.ts';
export * from '../core/secrets/secret-shapes.ts';
export * from '../core/settings.ts';
export * from '../core/usage/input-count.ts';
export * from '../core/usage/usage-sum.ts';
export * from './code/edit-shown.ts';
export * from './command-ids.ts';
export * from './editor/enclosing-block.ts';
export * from './editor/read-selections.ts';
export * from './editor/selected.ts';
export * from './failures/run-action.ts';
export * from './failures/show-failure.ts';
export * from './model/pick-model.ts';
export * from './settings-reader.ts';
export * from './webview-page.ts';
