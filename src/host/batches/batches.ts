import * as vscode from 'vscode';
import { toError } from '../../core/errors.ts';
import { isObject, isString } from '../../core/guard.ts';
import type { SavedPromptDeps } from '../prompts/prompts-deps.ts';
import { choosePromptWith } from './choose-prompt.ts';
import { FileRuns } from './file-runs.ts';
import type { RunAsked } from './prepare-run.ts';
import type { BatchesParts } from './register-batches.ts';
import { showBatches } from './show-batches.ts';

/** What the commands need; each follows first what was sent before. */
export interface Batches extends vscode.Disposable {
  /** @param asked the command's arguments: of the explorer, of a keybinding, or none */
  runPromptOnFiles(asked: readonly unknown[]): Promise<void>;
  showBatches(): Promise<void>;
  resume(): Promise<void>;
}

/** The entry of the lazily loaded chunk. */
export function openBatches(parts: BatchesParts, saved: SavedPromptDeps): Batches {
  const runs = new FileRuns(parts, choosePromptWith(saved));
  let resumed: Promise<void> | undefined;
  const resume = (): Promise<void> => {
    // A disk that can't be read is no reason not to run anything.
    resumed ??= runs.resume().catch((error: unknown) => parts.log.error(toError(error)));
    return resumed;
  };
  return {
    resume,
    async runPromptOnFiles(asked) {
      await resume();
      await runs.start(toAsked(asked));
    },
    async showBatches() {
      await resume();
      await showBatches(runs);
    },
    dispose: () => runs.dispose(),
  };
}

const isPrompted = isObject({ prompt: isString });

/** The explorer gives the file clicked and all that are selected; a keybinding its `args`. */
function toAsked([first, second]: readonly unknown[]): RunAsked {
  const selected = Array.isArray(second) ? second.filter((uri) => uri instanceof vscode.Uri) : [];
  const clicked = first instanceof vscode.Uri ? [first] : [];
  const prompt = isPrompted(first) ? first.prompt.trim() : '';
  return {
    uris: selected.length > 0 ? selected : clicked,
    prompt: prompt === '' ? null : prompt,
  };
}
