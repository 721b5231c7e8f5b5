import { isFiniteNumber, isOutcome, isUsage } from '../conversation/journal-guards.ts';
import {
  type Guarded,
  isAnyOf,
  isListOf,
  isNullOr,
  isObject,
  isOneOf,
  isString,
} from '../guard.ts';
import { seal, unseal } from '../seal.ts';
import { createRun, type FileRun, runModes } from './file-run.ts';

/*
 * A run's journal: JSON Lines, each sealed by a sum. The plan is written before anything is sent,
 * so that whatever is lost afterwards, what was asked and by which ids is known.
 *
 *   planned   what is to be sent; of two the first counts
 *   sending   it is sent again, and when
 *   created   the batch has an id
 *   found     its id was lost on the way, and is probably this
 *   disowned  that id was another's
 *   missing   it was looked for at the API for long, and wasn't there
 *   removing  the user wants it gone
 *   answered  what came for one file; of two the later counts
 *   ended     nothing more comes
 *
 * What can't be read is passed over, and so is what only a later version knows.
 */

const isPlan = isObject({
  id: isString,
  at: isFiniteNumber,
  mode: isOneOf(runModes),
  prompt: isString,
  model: isString,
  items: isListOf(isObject({ id: isString, file: isString })),
  leftOut: isListOf(isObject({ file: isString, reason: isString })),
});

const isAnswer = isObject({
  text: isString,
  outcome: isOutcome,
  model: isString,
  usage: isUsage,
  stopReason: isNullOr(isString),
  requestId: isNullOr(isString),
  cost: isNullOr(isFiniteNumber),
});

const isRecord = isAnyOf(
  isObject({ type: isOneOf(['planned']), plan: isPlan }),
  isObject({ type: isOneOf(['sending']), at: isFiniteNumber }),
  isObject({ type: isOneOf(['created', 'found', 'disowned']), batchId: isString }),
  isObject({ type: isOneOf(['answered']), id: isString, answer: isAnswer }),
  isObject({ type: isOneOf(['missing', 'removing', 'ended']) }),
);

export type RunRecord = Guarded<typeof isRecord>;

/** On lines of their own, whatever a torn write has left before them. */
export function encodeRecords(records: readonly RunRecord[]): string {
  return `\n${records.map((record) => `${seal(record)}\n`).join('')}`;
}

/** Null where there is no plan: nothing was sent then. */
export function replayRun(text: string): FileRun | null {
  let run: FileRun | null = null;
  for (const line of text.split('\n')) {
    const record = unseal(line);
    if (isRecord(record)) run = applyRecord(run, record);
  }
  return run;
}

/** A run after one more record. A run has one plan, its first record. */
export function applyRecord(run: FileRun | null, record: RunRecord): FileRun | null {
  if (record.type === 'planned') return run ?? createRun(record.plan);
  if (run === null) return null;
  switch (record.type) {
    case 'sending':
      return { ...run, sentAt: record.at };
    case 'created':
      return { ...run, batchId: record.batchId, isCertain: true, isMissing: false };
    case 'found':
      return { ...run, batchId: record.batchId, isCertain: false, isMissing: false };
    case 'missing':
      return { ...run, isMissing: true };
    case 'removing':
      return { ...run, isRemoving: true };
    case 'disowned':
      return {
        ...run,
        batchId: run.batchId === record.batchId ? null : run.batchId,
        disowned: new Set([...run.disowned, record.batchId]),
      };
    case 'answered':
      return { ...run, answers: new Map([...run.answers, [record.id, record.answer]]) };
    case 'ended':
      return { ...run, hasEnded: true };
  }
}
