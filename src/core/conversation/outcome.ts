import { describeFailure } from '../claude/describe-failure.ts';
import type { FailureAction } from '../claude/failure.ts';
import type { CutLimit, Outcome } from '../claude/reply-event.ts';
import type { L10n } from '../l10n.ts';
import type { Reply } from './reply.ts';

interface OutcomeDescription {
  /** Null where nothing needs saying: the reply is complete. */
  readonly sentence: string | null;
  readonly action: FailureAction | null;
}

/** How a reply ended, said to its reader. */
export function describeOutcome(outcome: Outcome, l10n: L10n): OutcomeDescription {
  switch (outcome.kind) {
    case 'complete':
      return { sentence: null, action: null };
    case 'stopped':
      return { sentence: l10n.t('Stopped by you.'), action: 'retry' };
    case 'cut':
      return { sentence: cutSentence(outcome.limit, l10n), action: 'retry' };
    case 'refused':
      return { sentence: refusedSentence(outcome.explanation, l10n), action: 'choose-model' };
    case 'broken': {
      const { message, action } = describeFailure(outcome.failure, l10n);
      return { sentence: message, action };
    }
  }
}

function cutSentence(limit: CutLimit, l10n: L10n): string {
  switch (limit) {
    case 'max-tokens':
      return l10n.t('Cut short: the reply reached its token limit (claudeStream.maxTokens).');
    case 'context':
      return l10n.t('Cut short: the context of the model is full. Select less text.');
    case 'pause':
      return l10n.t(
        'The server paused the reply to run its own tools. Continue it to get the rest.',
      );
  }
}

function refusedSentence(explanation: string | null, l10n: L10n): string {
  return explanation === null
    ? l10n.t('Claude declined to answer this.')
    : l10n.t('Claude declined to answer this: {0}', explanation);
}

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
