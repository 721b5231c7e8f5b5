import assert from 'node:assert/strict';
import { pageWith, type TestPage } from '../page-with.ts';
import { useBrowser } from '../use-browser.ts';
import type { calls as pageCalls } from './page.ts';

declare const calls: typeof pageCalls;

const prose = 'Some words that go on for a while and say little. ';

describe('Markdown while it streams', () => {
  const browser = useBrowser();
  let tested: TestPage;
  before(async () => {
    tested = await pageWith(browser(), 'test/browser/markdown/page.ts');
  });
  after(() => tested[Symbol.asyncDispose]());

  describe('flashes nothing that the finished text isn’t', () => {
    const texts: readonly (readonly [what: string, text: string])[] = [
      ['strong', 'one **bold** two\n'],
      ['emphasis', 'one *leaning* and _also_ two\n'],
      ['strong in emphasis', 'a *b **c** d* e\n'],
      ['strong and emphasis at once', 'a ***b*** c\n'],
      ['strikethrough', 'one ~~gone~~ two\n'],
      ['a code span', 'call `work()` now\n'],
      ['a code span with backticks', 'call ``a`b`` now\n'],
      ['a link', 'see [the docs](https://example.com) now\n'],
      ['a link with a title', 'see [docs](https://x.y "The title") now\n'],
      ['a strong link', 'see **[docs](https://x.y)** now\n'],
      ['an image', 'see ![a picture](https://x.y/z.png) now\n'],
      ['an entity', 'this &amp; that, one &gt; two\n'.replace(' one &gt; two', '')],
      ['an escaped full stop', 'five 1\\. six\n'],
      ['a heading', '# One\n\n## Two\n\ntext\n'],
      ['a heading of many marks', '### Three **bold**\n\ntext\n'],
      ['a list', '- one\n- two\n- three\n'],
      ['a numbered list', '1. one\n2. two\n'],
      ['a nested list', '- one\n  - two\n    - three\n- four\n'],
      ['a list of strong words', '- **one**: first\n- **two**: second\n'],
      ['a task list', '- [ ] one\n- [x] two\n'],
      ['a quote', '> one\n> two\n\nafter\n'],
      ['a fence', 'text\n\n```ts\nconst a = 1;\n```\n\nmore\n'],
      ['a fence in a list', '1. one\n\n   ```sh\n   ls\n   ```\n2. two\n'],
      ['a table', 'text\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n\nmore\n'],
      ['a table with marks in it', '| a | b |\n|---|---|\n| **x** | `y` |\n'],
      ['a rule', 'one\n\n---\n\ntwo\n'],
      ['a rule of stars', 'one\n\n***\n\ntwo\n'],
      ['a definition', 'text\n\n[docs]: https://x.y\n\nmore\n'],
      ['marks over lines', 'one **bold\nstill** two\n'],
    ];
    for (const [what, text] of texts) {
      it(what, async () => {
        assert.deepEqual(await tested.page.evaluate((given) => calls.flashes(given), text), []);
      });
    }
  });

  it('shows text as soon as its line says what it is', async () => {
    const cases = {
      Hel: 'Hel',
      'one **bo': 'one bo',
      '- it': 'it',
      '# He': 'He',
      'a\n\n> qu': 'a\n\nqu',
      '```ts\ncon': 'con',
      '| a |\n|---|\n| ce': 'a\nce',
    };
    for (const [text, shown] of Object.entries(cases)) {
      assert.equal(await tested.page.evaluate((given) => calls.shownOf(given), text), shown);
    }
  });

  describe('keeps a selection', () => {
    const cases: readonly (readonly [string, string, string, string])[] = [
      ['in a finished block', 'first words\n\nsecond', 'first', ' block **bold** and\n\nmore\n'],
      ['in the open paragraph', 'some words here', 'words', ' and **bold** `code` and more\n'],
      ['in an open list', '- one item\n- two', 'item', ' items\n\n- three\n'],
      ['in open code', '```\nlet a = 1;\nlet', 'a = 1', ' b = 2;\n```\n'],
      ['in an open quote', '> quoted words', 'quoted', ' go on\n>\n> and on\n'],
      ['in an open table', '| a |\n|---|\n| cell |\n| x', 'cell', ' |\n| more |\n'],
      ['in a long paragraph', prose.repeat(8), 'while', prose.repeat(60)],
    ];
    for (const [what, begun, words, rest] of cases) {
      it(what, async () => {
        const selected = await tested.page.evaluate(
          ([text, selection, more]) => calls.selectionAfter(text, selection, more),
          [begun, words, rest] as const,
        );
        assert.equal(selected, words);
      });
    }
  });

  const long: Readonly<Record<string, string>> = {
    'many blocks': `# Title\n\n${prose}\n\n- one\n- two\n\n`.repeat(30),
    'one list': `- ${prose}\n`.repeat(200),
    'one table': `| a | b |\n|---|---|\n${'| one | two |\n'.repeat(200)}`,
    'one quote': `> ${prose}\n>\n`.repeat(80),
    'one paragraph': prose.repeat(300),
  };
  for (const [what, text] of Object.entries(long)) {
    it(`never touches what is finished again: ${what}`, async () => {
      const { groups } = await tested.page.evaluate((given) => calls.groupsOf(given, 'x'), text);
      if (what !== 'one paragraph') assert.ok(groups > 2, `${groups} groups`);
      const touched = await tested.page.evaluate((given) => calls.touchedBlocks(given, 7), text);
      assert.equal(touched, 0);
    });
  }

  it('is found and selected in sections that are out of sight', async () => {
    const text = `${`${prose}\n\n`.repeat(200)}needle\n\n${`${prose}\n\n`.repeat(200)}`;
    const { found, selected } = await tested.page.evaluate(
      (given) => calls.groupsOf(given, 'needle'),
      text,
    );
    assert.equal(found, true);
    assert.equal(selected.match(/Some words/g)?.length, 400);
  });

  it('goes on after it was whole', async () => {
    const cases = [
      ['one **bo', 'ld** two'],
      ['- a\n\n-', 'x\n'],
      ['```ts\nlet a', ' = 1;\n```\nafter'],
      ['[a]\n\n[a]: https://x', '.y\n\nmore'],
      ['| a |\n|--', '-|\n| b |'],
      ['a\r', '\nb'],
      ['> q', '\n> r'],
    ] as const;
    for (const [first, rest] of cases) {
      const [shown, right] = await tested.page.evaluate(
        ([begun, more]) => [calls.continued(begun, more), calls.expected(begun + more)],
        [first, rest] as const,
      );
      assert.equal(shown, right, JSON.stringify([first, rest]));
    }
  });

  it('loads nothing, runs nothing, styles nothing', async () => {
    const text =
      '<img src=x onerror=alert(1)> <script>alert(1)</script>\n\n<style>*{}</style>\n\n' +
      '![a](https://x.y/z.png) ![b][r] [c](javascript:alert(1)) [d](command:x) <https://e.f>\n\n' +
      '[r]: data:image/png;base64,AAAA\n';
    assert.equal(await tested.page.evaluate((given) => calls.loads(given), text), 0);
  });
});
