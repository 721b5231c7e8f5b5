import * as vscode from 'vscode';
import { askAboutProblem } from '../ask/ask-about-problem.ts';
import { RequestPreview } from '../ask/preview-request.ts';
import { commandIds } from '../command-ids.ts';
import type { Commands } from '../commands.ts';
import { attachDefinitions } from '../panel/attach-definitions.ts';
import { attachFile } from '../panel/attach-file.ts';
import { reviewChanges } from '../scm/review-changes.ts';
import { CommitMessages } from '../scm/write-commit-message.ts';
import { editPrompt, newPrompt } from './edit-prompt.ts';

import { type PromptServices, previewRequest, runPrompt } from './run-prompt.ts';

/**
 * Prompts, context, commit messages and the preview. What a menu, a key or the lightbulb brings
 * along is not to be trusted.
 */
export function registerPrompts(commands: Commands, deps: PromptServices): vscode.Disposable {
  const { asker, panels } = deps;
  const commitMessages = new CommitMessages(deps);
  let preview: RequestPreview | undefined;
  return vscode.Disposable.from(
    commands.register(commandIds.runPrompt, (given) => runPrompt(deps, given)),
    commands.register(commandIds.newPrompt, () => newPrompt(deps.userFolder)),
    commands.register(commandIds.editPrompt, () => editPrompt(deps)),
    commands.register(commandIds.previewRequest, (given) => {
      preview ??= new RequestPreview(deps);
      return previewRequest(deps, preview, given);
    }),
    commands.register(commandIds.explainProblem, (uri, range) =>
      askAboutProblem(asker, 'explain', uri, range),
    ),
    commands.register(commandIds.fixProblem, (uri, range) =>
      askAboutProblem(asker, 'fix', uri, range),
    ),
    commands.register(commandIds.reviewChanges, (given) => reviewChanges(asker, given)),
    commands.register(commandIds.writeCommitMessage, (given) => commitMessages.write(given)),
    commands.register(commandIds.attachFile, (given, selected) =>
      attachFile(panels, given, selected),
    ),
    commands.register(commandIds.attachDefinitions, () => attachDefinitions(panels)),
    new vscode.Disposable(() => preview?.dispose()),
  );
}
