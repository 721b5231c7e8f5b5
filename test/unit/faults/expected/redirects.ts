import type { redirectLoops } from '../../../fakes/fault-server/scenarios/redirects.ts';
import { broken, type Expectation } from '../expectation.ts';

const loop = broken({ kind: 'not-found' }, false);

export const redirectLoopsEnd: Readonly<Record<keyof typeof redirectLoops, Expectation>> = {
  '301 to itself': loop,
  '302 to itself': loop,
  '307 to itself': loop,
  '308 to itself': loop,
};
