import assert from 'node:assert/strict';
import {
  createRun,
  type FileRun,
  type PricedAnswer,
  type RunMode,
} from '../../../src/core/batches/file-run.ts';
import {
  formatResults,
  getRunTitle,
  totalLine,
} from '../../../src/core/batches/results-markdown.ts';
import type { Outcome } from '../../../src/core/claude/reply-event.ts';
import { noUsage } from '../../../src/core/claude/usage.ts';
import { english } from '../../fakes/english.ts';

const answer = (text: string, given: Partial<PricedAnswer> = {}): PricedAnswer => ({
  text,
  outcome: { kind: 'complete' },
  model: 'claude-sonnet-5-5',
  usage: { ...noUsage, input: 100, output: 20 },
  stopReason: 'end_turn',
  requestId: null,
  cost: 0.0002,
  ...given,
});

function run(
  answers: readonly (PricedAnswer | null)[],
  given: { readonly mode?: RunMode; readonly ended?: boolean; readonly files?: string[] } = {},
): FileRun {
  const { mode = 'batch', ended = true, files = [] } = given;
  const items = answers.map((_, index) => ({
    id: `i${index}`,
    file: files[index] ?? `${index}.ts`,
  }));
  const plan = { id: 'r', at: 0, mode, prompt: 'Explain', model: 'm', items, leftOut: [] };
  // As they come: the last first.
  const came = items.flatMap(({ id }, index) => {
    const one = answers[index];
    return one === null || one === undefined ? [] : [[id, one] as const];
  });
  return { ...createRun(plan), answers: new Map(came.toReversed()), hasEnded: ended };
}

const shown = (of: FileRun): string => formatResults(of, english);

describe('results as a document', () => {
  it('has a heading for each file in the order chosen, with its answer and receipt', () => {
    assert.equal(
      shown(run([answer('First.\n\n## Its own heading'), answer('Second.')])),
      [
        '# Explain · 2 files',
        '## `0.ts`',
        'First.\n\n## Its own heading',
        '[^receipt-1]',
        '## `1.ts`',
        'Second.',
        '[^receipt-2]',
        '---',
        '**2 files: 2 complete · 200 tokens in, 40 out · $0.00040, half the price as a batch**',
        [1, 2]
          .map(
            (number) =>
              `[^receipt-${number}]: Model: claude-sonnet-5-5 · Input: 100 tokens · Output: 20 tokens · ` +
              'Cost: $0.00020 · Stop reason: end_turn · Batch: half the price',
          )
          .join('\n'),
      ]
        .join('\n\n')
        .concat('\n'),
    );
  });

  const unused = { usage: noUsage, cost: 0, stopReason: null };
  const endings: readonly [name: string, outcome: Outcome, words: RegExp][] = [
    ['cut', { kind: 'cut', limit: 'max-tokens' }, /^\*Cut short: .*\* \[\^receipt-1\]$/m],
    [
      'refused',
      { kind: 'refused', category: null, explanation: 'No.' },
      /^\*Claude declined to answer this: No\.\* \[\^receipt-1\]$/m,
    ],
    ['stopped', { kind: 'stopped' }, /^\*Stopped by you\.\* \[\^receipt-1\]$/m],
    [
      'expired',
      { kind: 'broken', failure: { kind: 'expired' } },
      /^\*The batch ended after 24 hours, before this was reached\./m,
    ],
    [
      'failed',
      { kind: 'broken', failure: { kind: 'invalid-request', detail: 'prompt is too long' } },
      /^\*The API refused the request\. It says: prompt is too long\*/m,
    ],
  ];
  for (const [name, outcome, words] of endings) {
    it(`says how an answer ended: ${name}`, () => {
      assert.match(shown(run([answer('Text', { outcome })])), words);
    });
  }

  it('gives no receipt to what has used nothing', () => {
    const text = shown(run([answer('', { ...unused, outcome: { kind: 'stopped' } })]));
    assert.match(text, /^\*Stopped by you\.\*$/m);
    assert.doesNotMatch(text, /receipt/);
  });

  it('closes a code block that an answer leaves open, so that the next file is not in it', () => {
    const cut = answer('```ts\nlet a', { outcome: { kind: 'cut', limit: 'max-tokens' } });
    assert.match(shown(run([cut, answer('Next.')])), /let a\n```\n\n\*Cut short.*\n\n## `1\.ts`/);
  });

  it('says which files have no answer yet, or got none', () => {
    assert.match(shown(run([null], { ended: false })), /\*Not answered yet\.\*/);
    assert.match(shown(run([null])), /\*Nothing came for this file\.\*/);
  });

  it('names what was left out, and why', () => {
    const { plan, ...rest } = run([answer('A')]);
    const leftOut = [{ file: 'a`b.png', reason: 'it is binary data' }];
    assert.match(
      shown({ ...rest, plan: { ...plan, leftOut } }),
      /## Left out\n\n- `` a`b\.png ``: it is binary data\n/,
    );
  });

  const names: readonly [file: string, heading: string][] = [
    ['a`b.ts', '## `` a`b.ts ``'],
    ['# not\na heading.ts', '## `# not a heading.ts`'],
    ['<img src=x>.ts', '## `<img src=x>.ts`'],
  ];
  for (const [file, heading] of names) {
    it(`lets no file’s name be more than a name: ${JSON.stringify(file)}`, () => {
      assert.ok(
        shown(run([answer('A')], { files: [file] }))
          .split('\n')
          .includes(heading),
      );
    });
  }

  const totals: readonly [name: string, of: FileRun, line: string][] = [
    [
      'one by one',
      run([answer('A')], { mode: 'now' }),
      '1 file: 1 complete · 100 tokens in, 20 out · $0.00020',
    ],
    [
      'of several endings',
      run([
        answer('A'),
        answer('B', { outcome: { kind: 'cut', limit: 'context' } }),
        answer('', { ...unused, outcome: { kind: 'stopped' } }),
        null,
      ]),
      '4 files: 1 complete, 1 cut short, 1 stopped, 1 without an answer · 200 tokens in, 40 out · ' +
        '$0.00040, half the price as a batch',
    ],
    [
      'without a price',
      run([answer('A', { cost: null })]),
      '1 file: 1 complete · 100 tokens in, 20 out · the price of this model isn’t known',
    ],
  ];
  for (const [name, of, line] of totals) {
    it(`sums up what a run took: ${name}`, () => assert.equal(totalLine(of, english), line));
  }

  it('is called by the first words of a long prompt', () => {
    const { plan } = run([answer('A')]);
    const prompt = `Say\n${'very '.repeat(40)}much`;
    const title = getRunTitle({ plan: { ...plan, prompt } }, english);
    assert.equal(title, `Say ${'very '.repeat(11)}v… · 1 file`);
  });
});
