import type { TurnView } from '../core/protocol.ts';
import { make } from './elements.ts';

export interface QuestionHeader {
  readonly element: HTMLElement;
  /** What names the turn to a screen reader. */
  readonly titleId: string;
}

/** What was asked, and about what. */
export function questionHeader({ replyId, title, promptText, sources }: TurnView): QuestionHeader {
  const element = make('header', 'question');
  const heading = make('h2', 'question-title', title);
  heading.id = `question-${replyId}`;
  // Turns are told apart by their headings alone when a screen reader lists them.
  heading.setAttribute('aria-label', [title, shortened(promptText), ...sources].join(' ').trim());
  element.append(heading);
  if (promptText !== '') {
    const text = make('p', 'question-text', promptText);
    text.dir = 'auto';
    element.append(text);
  }
  if (sources.length > 0) {
    const list = make('ul', 'sources');
    for (const source of sources) list.append(make('li', 'source', source));
    element.append(list);
  }
  return { element, titleId: heading.id };
}

const mostSpoken = 80;

function shortened(text: string): string {
  return text.length <= mostSpoken ? text : `${text.slice(0, mostSpoken).trimEnd()}…`;
}
