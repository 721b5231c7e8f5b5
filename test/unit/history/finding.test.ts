import assert from 'node:assert/strict';
import type { ReplayedTurn } from '../../../src/core/conversation/journal-replay.ts';
import {
  createConversationFinder,
  findText,
} from '../../../src/core/history/find-conversations.ts';

import type { ListedConversation } from '../../../src/core/history/history-index.ts';
import {
  type Calendar,
  createDateFormatter,
  groupByPeriod,
} from '../../../src/core/history/periods.ts';
import { english } from '../../fakes/english.ts';

const at = (day: string): number => new Date(`${day}T10:00:00`).getTime();
const calendar: Calendar = { now: at('2026-11-21'), locale: 'en', l10n: english };

const listed = (
  id: string,
  day: string,
  more: Partial<ListedConversation> = {},
): ListedConversation => ({
  id,
  title: id,
  name: null,
  created: at(day),
  changed: at(day),
  files: [],
  replies: 1,
  ...more,
});
const conversations = [
  listed('retry', '2026-11-21', { title: 'How does it retry?', files: ['src/retry.ts'] }),
  listed('sleep', '2026-11-20', { title: 'Explain sleep.ts:1–4', files: ['src/sleep.ts'] }),
  listed('named', '2026-11-15', { name: 'Größe der Puffer' }),
  listed('week', '2026-11-14'),
  listed('october', '2026-10-31', { files: ['docs/retry.md'] }),
  listed('older', '2025-10-02'),
];

describe('a list of conversations', () => {
  const find = createConversationFinder(conversations, calendar);
  const cases: readonly [typed: string, found: readonly string[]][] = [
    ['', conversations.map(({ id }) => id)],
    ['RETRY', ['retry', 'october']],
    ['retry how', ['retry']],
    ['src/', ['retry', 'sleep']],
    ['größe', ['named']],
    ['2026-11-2', ['retry', 'sleep']],
    ['october 2025', ['older']],
    ['yesterday', ['sleep']],
    ['saturday november', ['retry', 'week']],
    ['nothing like it', []],
  ];
  for (const [typed, found] of cases) {
    it(`finds by “${typed}”`, () => {
      assert.deepEqual(
        find(typed).map(({ id }) => id),
        found,
      );
    });
  }

  it('is told apart by when each was last asked something', () => {
    const periods = groupByPeriod(conversations.toReversed(), calendar);
    assert.deepEqual(
      periods.map(({ key, label, items }) => [key, label, items.map(({ id }) => id)]),
      [
        ['today', 'Today', ['retry']],
        ['yesterday', 'Yesterday', ['sleep']],
        ['week', 'Last 7 Days', ['named']],
        ['2026-11', 'November 2026', ['week']],
        ['2026-10', 'October 2026', ['october']],
        ['2025-10', 'October 2025', ['older']],
      ],
    );
  });

  it('says the time of today, and the day of any other', () => {
    const tell = createDateFormatter(calendar);
    const said = ['2026-11-21', '2026-11-20', '2026-10-31'].map((day) => tell(at(day)));
    assert.deepEqual(
      said.map((text) => text.replaceAll('\u202f', ' ')),
      ['10:00 AM', 'Yesterday, 10:00 AM', 'Oct 31, 2026'],
    );
  });
});

describe('the text of a conversation', () => {
  const turn: ReplayedTurn = {
    replyId: 'r1',
    question: {
      at: 0,
      model: 'm',
      after: null,
      prompt: { kind: 'free', text: 'Why does it wait?' },
      attachments: [
        {
          kind: 'selection',
          file: 'src/retry.ts',
          language: 'typescript',
          lines: { from: 1, to: 1 },
          text: 'await sleep(delay);',
          surroundings: [],
        },
      ],
    },
    events: [
      { event: { type: 'text', text: 'It backs off expo' }, at: 1 },
      { event: { type: 'thinking', text: 'hidden words' }, at: 1 },
      { event: { type: 'text', text: `nentially.\n\n${'More. '.repeat(40)}` }, at: 2 },
    ],
    gaps: [],
    interrupted: false,
  };
  const cases: readonly [wanted: string, excerpt: string | null][] = [
    ['wait?', 'Why does it wait?'],
    ['RETRY.TS', 'src/retry.ts'],
    ['sleep(', 'await sleep(delay);'],
    ['exponentially', `It backs off exponentially. ${'More. '.repeat(15).slice(0, 87).trim()}…`],
    ['hidden', null],
    ['', null],
  ];
  for (const [wanted, excerpt] of cases) {
    it(`is searched for “${wanted}”, over the seams of its pieces`, () => {
      assert.equal(findText([turn], wanted), excerpt);
    });
  }

  it('is shown around what was found, with what is cut off marked', () => {
    const excerpt = findText([turn], 'More. More.\u0020') ?? '';
    assert.match(excerpt, /^It backs off exponentially\. More\./);
    const far = {
      ...turn,
      asked: null,
      events: [{ event: { type: 'text', text: `${'a '.repeat(99)}needle` }, at: 0 }],
    } as const;
    assert.match(findText([far], 'needle') ?? '', /^…a( a)+ needle$/);
  });
});
