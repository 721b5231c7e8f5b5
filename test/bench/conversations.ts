/**
 * `npm run bench:conversations` [-- --json]: what a long history costs, in a real extension host with
 * real files: to list 10,000 conversations, to leave the list again, to open a long one.
 */
import type { ConversationFigures } from './in-vscode/list-conversations.ts';
import { benchInVsCode } from './in-vscode.ts';
import { type Bar, bar, median, report } from './report.ts';

const trials = 10;
const { picks, views, parts, heap, heapOfFew, opens, recovery } =
  await benchInVsCode<ConversationFigures>('list-conversations', trials);

const fastest = (part: 0 | 1 | 2): string =>
  Math.min(...parts.map((times) => times[part])).toFixed(0);
const bars: readonly Bar[] = [
  bar('10,000 listed, from the command to its rows, median', median(picks), 'ms', 200),
  bar('10,000 listed, the slowest', Math.max(...picks), 'ms', 200),
  bar('10,000 in the view, to what it shows at first, median', median(views), 'ms', 200),
  bar('heap after the list was opened and closed ten times', heap, 'MB', 1),
  bar('opening 200 turns of 1 MB, the host’s part, median', median(opens), 'ms', 500),
];
report('bench:conversations', bars, [
  `${trials} trials each; the heap with 1,000 conversations: ${heapOfFew.toFixed(2)} MB`,
  `the fastest: the list ${Math.min(...picks).toFixed(0)} ms, the view ${Math.min(...views).toFixed(0)} ms; ` +
    `folders ${fastest(0)}, the index's file ${fastest(1)}, its lines ${fastest(2)} ms`,
  `500 conversations that the index lacks are read in ${recovery.toFixed(0)} ms`,
]);
