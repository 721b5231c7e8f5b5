import type { Bench } from './run-bench.ts';

/** Every bench, in the order in which they run. The production build is there. */
export function benches(isQuick: boolean): readonly Bench[] {
  const bench = (name: string, ...flags: readonly string[]): Bench => ({
    name,
    command: [...flags, `test/bench/${name}.ts`, '--json', ...(isQuick ? ['--quick'] : [])],
  });
  return [
    bench('size'),
    bench('stream', '--expose-gc'),
    bench('render'),
    bench('odd-text'),
    bench('document'),
    bench('conversations', '--expose-gc'),
    bench('warm'),
    bench('activation'),
  ];
}
