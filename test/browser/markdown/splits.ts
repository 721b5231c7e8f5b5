/** A number from 0 up to 1, the same row for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The text in pieces that end at these places. */
export function cut(text: string, places: readonly number[]): string[] {
  const all = [0, ...places.toSorted((a, b) => a - b), text.length];
  return all.slice(1).map((to, index) => text.slice(all[index], to));
}

/** Every way to cut it into two, and `count` seeded ways to cut it into many. */
export function* splits(text: string, count: number, seed: number): Generator<readonly string[]> {
  for (let at = 1; at < text.length; at++) yield [text.slice(0, at), text.slice(at)];
  const random = randomFrom(seed);
  for (let time = 0; time < count; time++) {
    const pieces = Math.ceil(random() * Math.min(20, text.length));
    yield cut(
      text,
      Array.from({ length: pieces }, () => Math.floor(random() * (text.length + 1))),
    );
  }
  yield [...text];
}
