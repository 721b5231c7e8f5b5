import { askAboutProblem } from '../context/ask-about-problem.ts';
import { attachDefinitions } from '../context/attach-definitions.ts';
import { attachFile } from '../context/attach-file.ts';
import { RequestPreview } from '../preview/preview-request.ts';
import { reviewChanges } from '../scm/review-changes.ts';
import { writeCommitMessage } from '../scm/write-commit-message.ts';
import { editPrompt } from './edit-prompt.ts';
import { newPrompt } from './new-prompt.ts';
import type { PromptCommand } from './prompt-commands.ts';
import type { PromptsDeps } from './prompts-deps.ts';
import { previewRequest, runPrompt } from './run-prompt.ts';

export { chooseSaved } from './choose-saved.ts';

/** The entry of the lazily loaded chunk: what the commands of prompts and context do. */
export class Prompts {
  readonly #deps: PromptsDeps;
  readonly #preview: RequestPreview;

  constructor(deps: PromptsDeps) {
    this.#deps = deps;
    this.#preview = new RequestPreview(deps);
  }

  /** @param given what a menu, a key or the lightbulb brings along: not to be trusted */
  async run(command: PromptCommand, given: readonly unknown[]): Promise<void> {
    const deps = this.#deps;
    const { asker } = deps;
    const [first, second] = given;
    switch (command) {
      case 'runPrompt':
        return runPrompt(deps, first);
      case 'newPrompt':
        return newPrompt(deps.userFolder);
      case 'editPrompt':
        return editPrompt(deps);
      case 'previewRequest':
        return previewRequest(deps, this.#preview, first);
      case 'explainProblem':
        return askAboutProblem(asker, 'explain', first, second);
      case 'fixProblem':
        return askAboutProblem(asker, 'fix', first, second);
      case 'reviewChanges':
        return reviewChanges(asker, first);
      case 'writeCommitMessage':
        return writeCommitMessage(deps, first);
      case 'attachFile':
        return attachFile(deps.panels, first);
      case 'attachDefinitions':
        return attachDefinitions(deps.panels);
    }
  }

  dispose(): void {
    this.#preview.dispose();
  }
}
