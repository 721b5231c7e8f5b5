import type { Reply } from './reply.ts';

/** Whether a reply has ended before it was done, with something to go on from. */
export function canContinue({ outcome, text }: Reply): boolean {
  switch (outcome?.kind) {
    case 'stopped':
    case 'cut':
    case 'broken':
      return text !== '';
    case 'complete':
    case 'refused':
    case undefined:
      return false;
  }
}
