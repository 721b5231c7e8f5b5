/** The commands of prompts and of what goes with them: loaded by the first of them that is run. */
export const promptCommands = [
  'runPrompt',
  'newPrompt',
  'editPrompt',
  'previewRequest',
  'explainProblem',
  'fixProblem',
  'reviewChanges',
  'writeCommitMessage',
  'attachFile',
  'attachDefinitions',
] as const;
export type PromptCommand = (typeof promptCommands)[number];
