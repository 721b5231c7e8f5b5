import type { L10n } from '../l10n.ts';
import { answerPrompt, builtInPrompts } from './built-in-prompts.ts';
import { type Prompt, promptText } from './prompt.ts';

/**
 * What to ask: the words of one of the commands in package.json's `chatParticipants`, which are our
 * own prompts, with the user's after them; else the user's alone. Null where there are none.
 */
export function chatPrompt(command: string | undefined, typed: string, l10n: L10n): Prompt | null {
  const words = typed.trim();
  const named = builtInPrompts('answer', l10n).find(({ name }) => name === command);
  if (named === undefined) return words === '' ? null : { kind: 'free', text: words };
  const prompt = answerPrompt(named);
  return words === '' ? prompt : { kind: 'free', text: `${promptText(prompt)}\n\n${words}` };
}
