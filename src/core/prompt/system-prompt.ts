import type { CodePlace, Prompt } from './prompt.ts';

const forReaders =
  'You answer questions inside a code editor. Your answer is shown as Markdown in a narrow panel ' +
  'beside the code. Start with the answer, without repeating the question. Keep paragraphs short, ' +
  'name the language of each code block, and refer to code by its line numbers where they are given.';

/** A fence marks where the code begins and ends, and models keep to it better than to none. */
const forCode =
  'You write text and code inside an editor. Your reply goes into a file, so it is exactly one ' +
  'fenced code block and nothing else: no words before or after it. Where its content holds fences, ' +
  'put a longer fence around it. Keep to the style of the file.';

const places: Readonly<Record<CodePlace, string>> = {
  selection:
    'The block takes the place of the whole selection: give all of it, also what stays as it is, ' +
    'and nothing of what surrounds it.',
  cursor: 'The block is inserted at the cursor: repeat nothing that is there already.',
  document: 'The block is the whole of a new file.',
};

/** What the model is told of itself, by what its reply is for. */
export function systemPromptFor(prompt: Prompt): string {
  switch (prompt.kind) {
    case 'free':
    case 'explain':
      return forReaders;
    case 'code':
      return `${forCode} ${places[prompt.place]}`;
  }
}
