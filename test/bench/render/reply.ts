import { randomFrom } from '../../browser/markdown/splits.ts';

const words =
  'the reply streams into a panel while you read it and every delta costs about as much as the one before because finished blocks are never touched again so the page stays calm even when an answer grows long enough to fill a book with tables lists and code'.split(
    ' ',
  );

type Random = () => number;

/** A reply of about this many tokens (four characters each), as models write: the same each time. */
export function makeReply(tokens: number): string {
  const random = randomFrom(7);
  const blocks: string[] = [];
  for (let length = 0; length < tokens * 4; length += blocks.at(-1)?.length ?? 0) {
    blocks.push(`${block(random)}\n\n`);
  }
  return blocks.join('').slice(0, tokens * 4);
}

function block(random: Random): string {
  const kind = random();
  if (kind < 0.12) return `${'#'.repeat(2 + below(random, 2))} ${plain(random, 4)}`;
  if (kind < 0.55) return prose(random, 30 + below(random, 60));
  if (kind < 0.75) return list(random);
  if (kind < 0.83) return table(random);
  if (kind < 0.95) return code(random);
  return `> ${prose(random, 25)}\n> ${prose(random, 10)}`;
}

function list(random: Random): string {
  return Array.from({ length: 3 + below(random, 5) }, (_, index) => {
    const nested = random() < 0.3 ? `\n   - ${prose(random, 8)}\n   - ${prose(random, 6)}` : '';
    return `${index + 1}. ${prose(random, 14)}${nested}`;
  }).join('\n');
}

function table(random: Random): string {
  const rows = Array.from({ length: 3 + below(random, 6) }, () => tableRow(random));
  return `| name | what it is | cost |\n|---|:--|--:|\n${rows.join('\n')}`;
}

export function tableRow(random: Random): string {
  return `| ${plain(random, 2)} | ${prose(random, 5)} | ${below(random, 900)} |`;
}

function code(random: Random): string {
  const lines = Array.from({ length: 5 + below(random, 20) }, () => codeLine(random));
  const language = ['ts', 'python', 'bash', 'json'][below(random, 4)] ?? '';
  return `\`\`\`${language}\n${lines.join('\n')}\n\`\`\``;
}

export function codeLine(random: Random): string {
  const [first, second, third] = [pick(random), pick(random), pick(random)];
  return `${'  '.repeat(below(random, 3))}const ${first} = ${second}(${third}, ${below(random, 99)});`;
}

export function prose(random: Random, count: number): string {
  return Array.from({ length: count }, () => {
    const word = pick(random);
    const kind = random();
    if (kind < 0.04) return `**${word} ${pick(random)}**`;
    if (kind < 0.08) return `\`${word}()\``;
    if (kind < 0.1) return `*${word}*`;
    if (kind < 0.115) return `[${word}](https://example.com/${word})`;
    if (kind < 0.16) return `${word},`;
    return word;
  }).join(' ');
}

export function plain(random: Random, count: number): string {
  return Array.from({ length: count }, () => pick(random)).join(' ');
}

function pick(random: Random): string {
  return words[below(random, words.length)] ?? '';
}

function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}
