import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { BenchResult } from '../bench-result.ts';
import { load } from './machine.ts';
import type { Measured } from './results.ts';

/** A program that prints a `BenchResult` as its last line. */
export interface Bench {
  readonly name: string;
  readonly command: readonly string[];
}

/** Runs a bench in a process of its own. What it says meanwhile goes to the error output. */
export async function runBench({ name, command }: Bench): Promise<Measured> {
  const loadBefore = load();
  const started = performance.now();
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let last = '';
  for await (const line of createInterface({ input: child.stdout })) last = line;
  const [code] = await closed;
  const seconds = Math.round((performance.now() - started) / 1000);
  return { ...readResult(name, last, Number(code ?? 1)), loadBefore, loadAfter: load(), seconds };
}

/** The figures of a bench that ended so; throws where there are none. A missed bar ends it with 1. */
export function readResult(name: string, lastLine: string, code: number): BenchResult {
  let result: BenchResult;
  try {
    result = JSON.parse(lastLine) as BenchResult;
  } catch (cause) {
    throw new Error(`bench:${name} ended with ${code} and without figures.`, { cause });
  }
  const isMissed = result.bars.some(({ pass }) => !pass);
  if (result.bars.length === 0 || code !== (isMissed ? 1 : 0)) {
    throw new Error(`bench:${name} ended with ${code}, which its figures don't say.`);
  }
  // What can't be measured is NaN, which JSON has no word for.
  const unknown = result.bars.filter(({ value }) => typeof value !== 'number');
  if (unknown.length > 0) {
    throw new Error(
      `bench:${name} has no figure for ${unknown.map((bar) => bar.name).join(', ')}.`,
    );
  }
  return result;
}
