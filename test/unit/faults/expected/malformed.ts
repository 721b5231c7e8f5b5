import { thinking } from '../../../fakes/fault-server/scenarios/contents.ts';
import type { malformed as scenarios } from '../../../fakes/fault-server/scenarios/malformed.ts';
import { complete, type Expectation, firstUsage } from '../expectation.ts';

/** What can't be read is passed over: the rest of the message is whole. */
export const malformedEnd: Readonly<Record<keyof typeof scenarios, Expectation>> = {
  'JSON that breaks off, first': complete(),
  'JSON that breaks off, after text': complete(),
  'no JSON at all': complete(),
  'null for an event': complete(),
  'a second message_start inside the message': complete(),
  'message_start without usage': complete(),
  'a delta without its block': complete(),
  'a block start without its block': complete(),
  'a delta event without its delta': complete(),
  'a text delta without text': complete(),
  'a thinking delta without text': complete({ thinking }),
  'message_delta without usage': complete({ usage: firstUsage }),
};
