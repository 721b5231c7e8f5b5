/**
 * `npm run bench:conversations` [-- --json]: what a long history costs. In a real extension host with
 * real files: to list 10,000 conversations, to leave the list again, to open a long one. In the panel's
 * real page: to show 200 turns, to scroll through them, and each delta behind them.
 */
import { launchBrowser } from '../vscode/ensure-browser.ts';
import type { ConversationFigures } from './in-vscode/list-conversations.ts';
import { benchInVsCode } from './in-vscode.ts';
import { perDeltaInHost } from './long-conversation/in-host.ts';
import { measureInWebview, type WebviewFigures } from './long-conversation/in-webview.ts';
import { type Bar, bar, median, report } from './report.ts';

const trials = 10;
const { picks, views, parts, heap, heapOfFew, opens, recovery } =
  await benchInVsCode<ConversationFigures>('list-conversations', trials);

const openings = 5;
const inWebview = await webviewFigures();
const inHost = await perDeltaInHost(1, 200);

async function webviewFigures(): Promise<WebviewFigures> {
  const browser = await launchBrowser();
  try {
    return await measureInWebview(browser, openings);
  } finally {
    await browser.close();
  }
}

const ratio = ([few, many]: readonly [number, number]): number => many / few;
const fastest = (part: 0 | 1 | 2): string =>
  Math.min(...parts.map((times) => times[part])).toFixed(0);
const pageRatios = inWebview.perDelta.map(ratio);
const bars: readonly Bar[] = [
  bar('10,000 listed, from the command to its rows, median', median(picks), 'ms', 200),
  bar('10,000 listed, the slowest', Math.max(...picks), 'ms', 200),
  bar('10,000 in the view, to what it shows at first, median', median(views), 'ms', 200),
  bar('heap after the list was opened and closed ten times', heap, 'MB', 1),
  bar('opening 200 turns of 1 MB, the host’s part, median', median(opens), 'ms', 500),
  bar('showing 200 turns of 1 MB, the page’s part, median', median(inWebview.openings), 'ms', 500),
  bar(
    'the longest task while they are scrolled through, median of three times',
    median(inWebview.scrolls.map(({ longestTasks }) => longestTasks[0] ?? 0)),
    'ms',
    50,
  ),
  bar('a delta behind 200 turns to one behind 1, the host', median(inHost.map(ratio)), '×', 1.2),
  bar('a delta behind 200 turns to one behind 1, the page', median(pageRatios), '×', 1.2),
];
const few = median(inWebview.perDelta.map(([time]) => time));
const many = median(inWebview.perDelta.map(([, time]) => time));
report('conversations', bars, [
  `${trials} trials each; the heap with 1,000 conversations: ${heapOfFew.toFixed(2)} MB`,
  `the fastest: the list ${Math.min(...picks).toFixed(0)} ms, the view ${Math.min(...views).toFixed(0)} ms; ` +
    `folders ${fastest(0)}, the index's file ${fastest(1)}, its lines ${fastest(2)} ms`,
  `the page: shown after ${inWebview.openings.map((ms) => ms.toFixed(0)).join(', ')} ms, from the host's ` +
    'message to the end of the frame that shows what is in view',
  ...inWebview.scrolls.map(
    ({ height, longestTasks, seenOver50, longestAfter }) =>
      `scrolled through ${height} px; the longest tasks, in processor time: ` +
      `${longestTasks.map((ms) => ms.toFixed(0)).join(', ')} ms; ` +
      `${seenOver50} took longer than 50 ms with all that ran beside them; ` +
      `the longest in the quiet after it: ${longestAfter.toFixed(0)} ms`,
  ),
  `a frame with a delta, in processor time: ${few.toFixed(2)} ms behind 1 turn, ${many.toFixed(2)} behind 200, ` +
    `the trials' ratios ${pageRatios.map((each) => each.toFixed(2)).join(', ')}; ` +
    `a delta in the host: ${inHost.map((trial) => trial.map((each) => each.toFixed(2)).join(' and ')).join(', ')} µs`,
  `500 conversations that the index lacks are read in ${recovery.toFixed(0)} ms`,
]);
