import { type Prompt, promptText } from './prompt.ts';

/** The commands in package.json's `chatParticipants`, and what the model is asked for each. */
const commandPrompts: ReadonlyMap<string, Prompt> = new Map([
  ['explain', { kind: 'explain' }],
  [
    'fix',
    own(
      'Find what is wrong in the selected code and fix it. Name each fault in a sentence, then give the ' +
        'corrected code. Where nothing is wrong, say so.',
    ),
  ],
  [
    'review',
    own(
      'Review the selected code as a careful colleague would: first what may fail, then what is hard to ' +
        'read or to change. Name the lines, and how you would write them. Leave out praise and matters ' +
        'of taste.',
    ),
  ],
  [
    'test',
    own(
      'Write tests for the selected code, in the style and with the tools that its language and its ' +
        'imports suggest. Cover what is usual, the edges and the failures; say what you left out.',
    ),
  ],
  [
    'document',
    own(
      'Write documentation comments for the selected code in the form that its language is used to: ' +
        'what it does, its parameters, results and errors. Give the code with its comments, unchanged ' +
        'otherwise.',
    ),
  ],
]);

function own(text: string): Prompt {
  return { kind: 'free', text };
}

/**
 * What to ask: a command's own words, with the user's after them; else the user's alone. Null where
 * there are none.
 */
export function chatPrompt(command: string | undefined, typed: string): Prompt | null {
  const words = typed.trim();
  const named = commandPrompts.get(command ?? '');
  if (named === undefined) return words === '' ? null : { kind: 'free', text: words };
  if (words === '') return named;
  return { kind: 'free', text: `${promptText(named)}\n\n${words}` };
}
