import type * as vscode from 'vscode';
import { isListOf, isObject, isString } from '../../core/guard.ts';

/** Two models by their ids: the left column's and the right one's. */
export interface ModelPair {
  readonly left: string;
  readonly right: string;
}

const key = 'comparedModels';
const mostKept = 3;

const isPairs = isListOf(isObject({ left: isString, right: isString }));

/** The pairs that were compared, the last one first. */
export function recentPairs(memory: vscode.Memento): readonly ModelPair[] {
  const kept: unknown = memory.get(key);
  return isPairs(kept) ? kept : [];
}

export async function rememberPair(memory: vscode.Memento, pair: ModelPair): Promise<void> {
  const others = recentPairs(memory).filter(
    ({ left, right }) => left !== pair.left || right !== pair.right,
  );
  await memory.update(key, [pair, ...others].slice(0, mostKept));
}
