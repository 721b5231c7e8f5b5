/** The translator that translates nothing: the messages are English as they stand. */
export { english } from '../../src/core/l10n.ts';
