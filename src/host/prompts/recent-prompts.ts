import type * as vscode from 'vscode';
import { isListOf, isString } from '../../core/guard.ts';

const key = 'recentPrompts';
const mostKept = 30;

const isIds = isListOf(isString);

/** The ids of the prompts that were run, the last one first. */
export function recentPrompts(memory: vscode.Memento): readonly string[] {
  const kept = memory.get<unknown>(key);
  return isIds(kept) ? kept : [];
}

export async function rememberPrompt(memory: vscode.Memento, id: string): Promise<void> {
  const others = recentPrompts(memory).filter((other) => other !== id);
  await memory.update(key, [id, ...others].slice(0, mostKept));
}
