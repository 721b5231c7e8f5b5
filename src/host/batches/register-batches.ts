import * as vscode from 'vscode';
import { toError } from '../../core/errors.ts';
import { isObject, isString } from '../../core/guard.ts';
import type { ReplyService } from '../ask/reply-service.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import type { SavedPromptStore } from '../prompts/saved-prompts.ts';
import { FileRuns } from './file-runs.ts';
import { createPromptChooser, type RunArguments } from './prepare-run.ts';
import type { BatchServices } from './run-services.ts';
import { showBatches } from './show-batches.ts';

/**
 * A prompt on many files. Batches that were sent before are followed again once the extension is in
 * use: with its first question, or with a command of these. Nothing of it starts by itself.
 */
export function registerBatches(
  commands: Commands,
  parts: BatchServices,
  replies: ReplyService,
  saved: SavedPromptStore,
): vscode.Disposable {
  const runs = new FileRuns(parts, createPromptChooser(saved));
  let resumed: Promise<void> | undefined;
  const resume = (): Promise<void> => {
    // A disk that can't be read is no reason not to run anything.
    resumed ??= runs.resume().catch((error: unknown) => parts.log.error(toError(error)));
    return resumed;
  };
  const inUse = replies.onDidChange(() => {
    inUse.dispose();
    // Detached: nobody waits for it, and it doesn't reject.
    void resume();
  });
  return vscode.Disposable.from(
    inUse,
    runs,
    commands.register(commandIds.runPromptOnFiles, async (...args: unknown[]) => {
      await resume();
      await runs.start(runArguments(args));
    }),
    commands.register(commandIds.showBatches, async () => {
      await resume();
      await showBatches(runs);
    }),
  );
}

const hasPrompt = isObject({ prompt: isString });

/** The explorer gives the file clicked and all that are selected; a keybinding its `args`. */
function runArguments([first, second]: readonly unknown[]): RunArguments {
  const selected = Array.isArray(second) ? second.filter((uri) => uri instanceof vscode.Uri) : [];
  const clicked = first instanceof vscode.Uri ? [first] : [];
  const prompt = hasPrompt(first) ? first.prompt.trim() : '';
  return {
    uris: selected.length > 0 ? selected : clicked,
    prompt: prompt === '' ? null : prompt,
  };
}
