import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

/** How a scenario's bytes are cut: at random places, after every byte, or in small drops with pauses. */
export type Cutting = 'random' | 'single-bytes' | 'drip';

const longestDrop = 24;
const dripPauseMs = 3;

export function* pieces(
  bytes: Uint8Array,
  cutting: Cutting,
  random: Random,
): Generator<Uint8Array> {
  let from = 0;
  for (const to of places(bytes.length, cutting, random)) {
    if (to > from) yield bytes.subarray(from, to);
    from = to;
  }
  if (from < bytes.length) yield bytes.subarray(from);
}

function* places(length: number, cutting: Cutting, random: Random): Generator<number> {
  if (cutting === 'random') {
    yield* randomPlaces(length, random);
    return;
  }
  const drop = (): number => (cutting === 'drip' ? 1 + random.below(longestDrop) : 1);
  for (let at = drop(); at < length; at += drop()) yield at;
}

/** Up to a dozen cuts anywhere, and for every third seed a stretch that comes byte by byte. */
function randomPlaces(length: number, random: Random): readonly number[] {
  const cuts = Array.from({ length: random.below(13) }, () => random.below(length));
  if (random.below(3) === 0) {
    const from = random.below(length);
    for (let at = from; at < Math.min(from + 12, length); at++) cuts.push(at);
  }
  return cuts.sort((a, b) => a - b);
}

/** The pause between two pieces: none, one turn of the event loop, or up to 2 ms. */
export async function pause(cutting: Cutting, random: Random): Promise<void> {
  if (cutting === 'drip') {
    await sleep(random.below(dripPauseMs + 1));
  } else if (cutting === 'single-bytes') {
    // Without it the kernel would join the bytes again.
    await nextTurn();
  } else {
    const kind = random.below(4);
    if (kind === 1) await nextTurn();
    else if (kind > 1) await sleep(random.below(3));
  }
}
