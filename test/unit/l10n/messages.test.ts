import assert from 'node:assert/strict';
import { messagesOf } from './messages.ts';
import { samples } from './source-files.ts';

describe('messages of the code', () => {
  it('are the first arguments of the translator, wherever it is reached', () => {
    const source = `
      vscode.l10n.t('one');
      l10n.t("two {0}", name);
      this.#l10n.t(\`three\`);
      this.#parts.l10n.t(
        'four {0} of {1}',
        ...facts,
      );
      // l10n.t('in a comment')
      const text = "l10n.t('in a string')";
      l10n.t('filled in {0} later');
    `;
    assert.deepEqual(messagesOf(samples([source])), {
      texts: ['filled in {0} later', 'four {0} of {1}', 'one', 'three', 'two {0}'],
      problems: [],
    });
  });

  const cases: readonly [source: string, problem: RegExp][] = [
    ['l10n.t(message)', /must be a literal/],
    [`l10n.t(\`to \${place}\`)`, /must be a literal/],
    ["l10n.t('to ' + place)", /must be a literal/],
    ["l10n.t('One sentence. ' + 'Another.')", /must be a literal/],
    ["l10n.t(short ? 'a' : 'b')", /must be a literal/],
    ['l10n.t()', /must be a literal/],
    ["l10n.t('{0} of {1}', one)", /2 placeholders, but 1 values/],
    ["l10n.t('none', one)", /0 placeholders, but 1 values/],
    ["l10n.t('It ended as {0}.', outcome.kind)", /no word in any language/],
    ["translator.t('message')", /must be called l10n/],
    ['const { t } = vscode.l10n', /only calls of l10n\.t/],
    ['const { l10n: { t } } = vscode', /only calls of l10n\.t/],
    ['const { t: say } = vscode.l10n', /only calls of l10n\.t/],
    ['const say = ({ t }: L10n) => null', /only calls of l10n\.t/],
    ["t('message')", /only calls of l10n\.t/],
    ['const say = l10n.t', /only calls of l10n\.t/],
    ["l10n['t']('message')", /only calls of l10n\.t/],
  ];
  const files = samples(cases.map(([source]) => source));
  for (const [index, [source, problem]] of cases.entries()) {
    it(`${source} is refused`, () => {
      const { problems } = messagesOf(files.slice(index, index + 1));
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', problem);
      assert.ok(problems[0]?.startsWith(`src/host/sample-${index}.ts:1: `));
    });
  }
});
