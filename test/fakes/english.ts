import type { L10n } from '../../src/core/l10n.ts';

/** The translator that translates nothing: the messages are English as they stand. */
export const english: L10n = {
  t: (message, ...args) =>
    message.replace(/\{(\d+)\}/g, (whole, index) => String(args[Number(index)] ?? whole)),
};
