import type { Failure } from '../../../../src/core/claude/failure.ts';
import type { truncations } from '../../../fakes/fault-server/scenarios/truncations.ts';
import { afterStart, afterText, broken, complete, type Expectation } from '../expectation.ts';

const truncated: Failure = { kind: 'truncated' };
const cutOff: Failure = { kind: 'network', code: 'UND_ERR_SOCKET' };

export const truncationsEnd: Readonly<Record<keyof typeof truncations, Expectation>> = {
  'in the middle of an event': broken(truncated, false, afterText),
  'in the middle of a line': broken(truncated, false, afterText),
  'in the middle of a character': broken(truncated, false, afterText),
  'before message_delta': broken(truncated, false, afterText),
  'in the middle of message_delta': broken(truncated, false, afterText),
  'no line end after message_delta': complete(),
  'after a message_delta without a stop reason': broken(truncated, false, afterText),
  'no blank line after the last text': broken(truncated, false, {
    ...afterText,
    textMayBreakOff: true,
  }),
  'after message_start': broken(truncated, false, afterStart),
  'in the middle of message_start': broken(truncated, false),
  'chunked and ended properly, before message_delta': broken(truncated, false, afterText),
  'anywhere before message_delta': broken(truncated, false, {
    ...afterText,
    textMayBreakOff: true,
  }),
  'content-length short before message_stop': broken(cutOff, false, afterText),
  'content-length short after message_delta': complete(),
  'content-length short after message_stop': complete(),
  'no last chunk, before message_stop': broken(cutOff, false, afterText),
  'no last chunk, after message_stop': complete(),
  'in the middle of a chunk': broken(cutOff, false, afterText),
  'without the last chunk, anywhere before message_delta': broken(cutOff, false, {
    ...afterText,
    textMayBreakOff: true,
  }),
  'in the middle of a gzip body': broken(truncated, false, {
    ...afterText,
    textMayBreakOff: true,
  }),
};
