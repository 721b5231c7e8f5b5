import type { Usage } from '../claude/usage.ts';
import { isFiniteNumber, isUsage } from '../conversation/journal-guards.ts';
import { type Guard, isNullOr, isObject, isOneOf, isOptional, isString } from '../guard.ts';
import { seal, unseal } from '../seal.ts';
import { type OutputSource, outputSources, type Receipt } from './receipt.ts';

/*
 * The ledger's format: JSON Lines, each sealed by a sum, one for each reply that has ended. One that
 * was counted after its end has another line, which replaces the one before. Each continuation of a
 * reply has a line of its own, with its number as `part`: it was paid for on its own day. Earlier
 * versions wrote the whole reply again instead.
 *
 *   {"reply":"…","at":1790000000000,"model":"…","usage":{…},"outputSource":"reported","cost":0.0056,"sum":"…"}
 *
 * What can't be read is passed over, and so is what only a later version knows.
 */

/** What one reply used, as its receipt says. */
export interface LedgerEntry {
  /** The reply's id. */
  readonly reply: string;
  /** Which continuation of the reply it is, from 1. Left out for the reply's beginning. */
  readonly part?: number | undefined;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  readonly model: string;
  readonly usage: Usage;
  readonly outputSource: OutputSource;
  /** US dollars, by the prices of that time; null where none was known. */
  readonly cost: number | null;
}

export function createLedgerEntry(
  reply: string,
  at: number,
  receipt: Receipt,
  part = 0,
): LedgerEntry {
  const { model, usage, outputSource, cost } = receipt;
  return { reply, ...(part === 0 ? {} : { part }), at, model, usage, outputSource, cost };
}

/** With its line end. */
export function encodeEntry(entry: LedgerEntry): string {
  return `${seal(entry)}\n`;
}

const isEntry: Guard<LedgerEntry> = isObject({
  reply: isString,
  part: isOptional(isFiniteNumber),
  at: isFiniteNumber,
  model: isString,
  usage: isUsage,
  outputSource: isOneOf(outputSources),
  cost: isNullOr(isFiniteNumber),
});

/** The last word on each part of a reply. Several windows write: which line is the last, its time says. */
export function readLedger(text: string): readonly LedgerEntry[] {
  const entries = new Map<string, LedgerEntry>();
  for (const line of text.split('\n')) {
    const value = unseal(line);
    if (!isEntry(value)) continue;
    const key = `${value.reply} ${value.part ?? 0}`;
    const known = entries.get(key);
    if (known === undefined || known.at <= value.at) entries.set(key, value);
  }
  return [...entries.values()];
}
