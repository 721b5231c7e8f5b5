/**
 * How deep the tests go: the one switch for whatever a test repeats, such as seeds, prefixes or random
 * messages. `npm run test:quick` and `npm run test:long` set it, through the environment.
 */
const depths = ['quick', 'normal', 'long'] as const;
type Depth = (typeof depths)[number];

export const depthVariable = 'TEST_DEPTH';

/** Returns what is for the depth of this run. */
export function atDepth<T>(choices: Readonly<Record<Depth, T>>): T {
  return choices[depth()];
}

/** @throws where the variable holds anything else than a depth */
function depth(): Depth {
  const chosen = process.env[depthVariable] ?? 'normal';
  const found = depths.find((each) => each === chosen);
  if (found === undefined)
    throw new Error(`${depthVariable} is ${chosen}, not ${depths.join(', ')}.`);
  return found;
}
