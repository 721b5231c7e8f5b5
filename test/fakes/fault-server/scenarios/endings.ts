import { chunks, inChunks, lastChunk } from '../http.ts';
import { close, ending, open, start, stop, unfinished } from '../message.ts';
import { type Scenario, scenario, send } from '../scenario.ts';

function streamed(...events: readonly string[]): Scenario {
  return scenario(send(inChunks, chunks(events), lastChunk));
}

function endingIn(stopReason: string, details?: object): Scenario {
  return streamed(...unfinished, close, ending(stopReason, details), stop);
}

/** Messages that the API ends in another way than "done". */
export const endings = {
  max_tokens: endingIn('max_tokens'),
  model_context_window_exceeded: endingIn('model_context_window_exceeded'),
  stop_sequence: endingIn('stop_sequence'),
  tool_use: endingIn('tool_use'),
  pause_turn: endingIn('pause_turn'),
  'an unknown stop reason': endingIn('shiny'),
  'a refusal': endingIn('refusal', { type: 'refusal', category: 'cyber', explanation: 'No.' }),
  'a refusal without details': endingIn('refusal'),
  'a refusal without text': streamed(
    start,
    ending('refusal', { type: 'refusal', category: null, explanation: null }),
    stop,
  ),
  'no text at all': streamed(start, open, close, ending('end_turn'), stop),
} satisfies Record<string, Scenario>;
