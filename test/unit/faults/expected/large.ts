import { type large, largeText } from '../../../fakes/fault-server/scenarios/large.ts';
import { complete, type Expectation } from '../expectation.ts';

const whole = complete({
  text: largeText,
  seeds: 4,
  fewerSeedsBecause: 'a quarter of a second each',
  deadlineMs: 15_000,
});

export const largeEnd: Readonly<Record<keyof typeof large, Expectation>> = {
  'one delta of 10 MB': whole,
  'one delta of 10 MB, CRLF': whole,
};
