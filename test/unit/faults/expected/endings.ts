import type { Outcome } from '../../../../src/core/claude/reply-event.ts';
import type { endings } from '../../../fakes/fault-server/scenarios/endings.ts';
import { complete, type Expectation } from '../expectation.ts';

function endsIn(stopReason: string, outcome: Outcome, changes: Partial<Expectation> = {}) {
  return complete({ stopReason, outcomes: [outcome], ...changes });
}

function refused(category: string | null, explanation: string | null): Outcome {
  return { kind: 'refused', category, explanation };
}

export const endingsEnd: Readonly<Record<keyof typeof endings, Expectation>> = {
  max_tokens: endsIn('max_tokens', { kind: 'cut', limit: 'max-tokens' }),
  model_context_window_exceeded: endsIn('model_context_window_exceeded', {
    kind: 'cut',
    limit: 'context',
  }),
  stop_sequence: endsIn('stop_sequence', { kind: 'complete' }),
  tool_use: endsIn('tool_use', { kind: 'complete' }),
  pause_turn: endsIn('pause_turn', { kind: 'cut', limit: 'pause' }),
  'an unknown stop reason': endsIn('shiny', { kind: 'complete' }),
  'a refusal': endsIn('refusal', refused('cyber', 'No.')),
  'a refusal without details': endsIn('refusal', refused(null, null)),
  'a refusal without text': endsIn('refusal', refused(null, null), { text: '' }),
  'no text at all': complete({ text: '' }),
};
