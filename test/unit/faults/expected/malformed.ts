import type { Failure } from '../../../../src/core/claude/failure.ts';
import { words } from '../../../fakes/fault-server/message.ts';
import type { malformed as scenarios } from '../../../fakes/fault-server/scenarios/malformed.ts';
import { afterStart, afterText, broken, type Expectation } from '../expectation.ts';

const malformed: Failure = { kind: 'malformed' };

export const malformedEnd: Readonly<Record<keyof typeof scenarios, Expectation>> = {
  'JSON that breaks off, first': broken(malformed, true),
  'JSON that breaks off, after text': broken(malformed, true, afterText),
  'no JSON at all': broken(malformed, true, afterText),
  'null for an event': broken(malformed, true, afterText),
  'a second message_start inside the message': broken(malformed, true, afterText),
  'message_start without usage': broken(malformed, true),
  'a delta without its block': broken(malformed, true, { ...afterStart, text: words[0] ?? '' }),
  'a block start without its block': broken(malformed, true, afterStart),
  'a delta event without its delta': broken(malformed, true, afterText),
  'a text delta without text': broken(malformed, true, afterText),
  'a thinking delta without text': broken(malformed, true, afterStart),
  'message_delta without usage': broken(malformed, true, afterText),
};
