import { randomFrom } from '../../browser/markdown/splits.ts';
import { codeLine, prose, tableRow } from './reply.ts';

export const hardShapes = ['code block', 'list', 'table', 'paragraph', 'quote'] as const;
export type HardShape = (typeof hardShapes)[number];

/** One single construct of this many characters. */
export function makeHardShape(shape: HardShape, length: number): string {
  const random = randomFrom(11);
  const [first, next] = lines[shape](random);
  let text = first;
  while (text.length < length) text += next();
  return text.slice(0, length);
}

const lines: Record<HardShape, (random: () => number) => [first: string, next: () => string]> = {
  'code block': (random) => ['```ts\n', () => `${codeLine(random)}\n`],
  list: (random) => ['', () => `- ${prose(random, 12)}\n`],
  table: (random) => [
    '| name | what it is | cost |\n|---|:--|--:|\n',
    () => `${tableRow(random)}\n`,
  ],
  paragraph: (random) => ['', () => `${prose(random, 40)}. `],
  quote: (random) => ['', () => `> ${prose(random, 40)}\n>\n`],
};
