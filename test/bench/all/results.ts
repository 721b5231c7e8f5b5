import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from '../../vscode/paths.ts';
import type { BenchResult } from '../bench-result.ts';
import type { Machine } from './machine.ts';

/** A bench's result with how busy the machine was. */
export interface Measured extends BenchResult {
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly seconds: number;
}

/** `docs/bench-results.json`: one run of every bench. */
export interface Results {
  /** As in 2026-11-21. */
  readonly date: string;
  readonly isQuick: boolean;
  readonly machine: Machine;
  readonly benches: readonly Measured[];
}

export const resultsPath = join(repository, 'docs/bench-results.json');

export function readResults(): Results {
  return JSON.parse(readFileSync(resultsPath, 'utf8')) as Results;
}

export function writeResults(results: Results): void {
  mkdirSync(dirname(resultsPath), { recursive: true });
  writeFileSync(resultsPath, `${JSON.stringify(results, undefined, 2)}\n`);
}

/** Whether no bar of any bench is missed. */
export function passes({ benches }: Results): boolean {
  return benches.every(({ bars }) => bars.every(({ pass }) => pass));
}
