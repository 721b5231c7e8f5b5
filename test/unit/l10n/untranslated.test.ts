import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { SourceFile } from 'typescript/unstable/ast';
import { samples, sourceFiles } from './source-files.ts';
import { untranslatedIn } from './untranslated.ts';

/**
 * Texts that look like words for the user, and why they may stay as they are: by file, and by how
 * they begin.
 */
const accepted: Readonly<Record<string, string>> = {
  'src/host/connection/key-prompt.ts: sk-ant-…': 'how every key begins',
  'src/core/check/report.ts: `## ${statusMarks[status]} ${stepTitle(step, l10n)}${took}`':
    'a mark before a heading',
  'src/core/check/check-streaming.ts: Write the numbers': 'said to the model',
  'src/core/check/check-streaming.ts: You are a test': 'said to the model',
  'src/core/claude/dialogue-turns.ts: Go on.': 'said to the model',
  'src/core/claude/dialogue-turns.ts: The conversation begins with your message.':
    'said to the model',
  'src/core/claude/dialogue-turns.ts: The tool was not run: the call has no result.':
    'said to the model',
  'src/core/claude/dialogue-turns.ts: The tool returned nothing.': 'said to the model',
  'src/core/claude/dialogue-turns.ts: The result of a tool call that is not in this conversation:':
    'said to the model',
  'src/core/claude/request-params.ts: Answer by calling one of the tools.': 'said to the model',
  'src/core/history/summary.ts: `${name} ${attachmentLabel(about, l10n)}`':
    'two names side by side',
  'src/host/ask/code-action-kinds.ts: claude': 'a part of an action’s identifier',
  'src/host/ask/code-action-kinds.ts: explain': 'a part of an action’s identifier',
  'src/host/usage/usage-status.ts: `${icon} ${vscode.l10n.t(': 'an icon before a text',
  'src/host/usage/usage-status.ts: ](command:': 'the address of a link',
  'src/webview/code/languages.ts: JSON with Comments': 'a language’s name',
  'src/webview/code/run-emitter.ts: function': 'a kind of token',
};

describe('untranslated words', () => {
  const found = untranslatedIn(sourceFiles());
  const isOf = (each: string, begin: string): boolean =>
    each.replace(/:\d+: \s*/, ': ').startsWith(begin);

  it('are nowhere in the code', () => {
    const begins = Object.keys(accepted);
    assert.deepEqual(
      found.filter((each) => !begins.some((begin) => isOf(each, begin))),
      [],
    );
  });

  it('are accepted nowhere in vain', () => {
    const needless = Object.keys(accepted).filter(
      (begin) => !found.some((each) => isOf(each, begin)),
    );
    assert.deepEqual(needless, []);
  });

  it('are nowhere in the manifest', () => {
    const manifest: unknown = JSON.parse(
      readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
    );
    assert.deepEqual(wordsIn(manifest), []);
    const sample = {
      title: 'Stop',
      enumDescriptions: ['%a.b%', 'In a panel.'],
      category: 'Claude',
    };
    assert.deepEqual(wordsIn(sample), ['title: Stop', 'enumDescriptions: In a panel.']);
  });

  const seen: readonly string[] = [
    "vscode.window.showInformationMessage('Done')",
    "vscode.window.showErrorMessage(failed ? 'Failed' : text)",
    "void showFailure('No such model', [])",
    "vscode.window.setStatusBarMessage('Saved', 3000)",
    "vscode.window.createWebviewPanel('id', 'Usage', column)",
    "pick.placeholder = 'Type a name'",
    "pick.title = name ?? 'Models'",
    "item.tooltip = 'Tokens: ' + count",
    "show({ label: 'Stop', run })",
    `show({ label: \`$(search) Search \${where}\` })`,
    "new vscode.MarkdownString('Last reply')",
    `tooltip.appendMarkdown(\`**Today** \${cost}\`)`,
    "element.setAttribute('aria-label', 'Transcript')",
    "element.textContent = 'Stop'",
    "element.append(icon, ' more')",
    "make('h2', 'title', 'Usage')",
    "button('stop', 'Stop', press)",
    "const reason = 'The reply was ended.'",
    "return count === 1 ? 'One reply' : text",
    "tell(name, 'Waiting…')",
    "const detail = 'nothing'",
    "const row = (label: string, id: string) => ({ label, id }); row('Review', 'a b')",
    "function tell(id: string, message: string) {} tell('stop', cut ? 'cut short' : text)",
    "class Row { #add(label: string) {} make() { this.#add('Review') } }",
    "const shapes = [token('Anthropic API key', 'sk-ant')]",
    "const failure = { kind: 'unexpected', why: 'The API has not kept it.' }",
    `return \`“\${words}\``,
    `return \`\${words}” is said\``,
    `show(\`\${l10n.t('It has ended.')} \${total}\`)`,
    `show(\`\${ended} \${totalOf(run, vscode.l10n)}\`)`,
    `show(\`\${filesText(count, l10n)}: \${total}\`)`,
  ];
  for (const [source, file] of withFiles(seen)) {
    it(`${source} is seen`, () => assert.equal(untranslatedIn([file]).length, 1));
  }

  const passed: readonly string[] = [
    "pick.placeholder = vscode.l10n.t('Type a name')",
    `show({ label: \`$(search) \${l10n.t('Search')}\` })`,
    "class LostError extends Error { constructor() { super('It is lost.') } }",
    "throw new Error('The parser’s tokens end too early.')",
    "log.warn('The colour theme could not be read.', error)",
    `this.#parts.log.error(\`The panel \${id} is gone.\`)`,
    "item.label = 'Claude'",
    "make('div', 'status text')",
    "button('stop', strings.stop, press)",
    "element.setAttribute('class', 'code button')",
    "element.setAttribute('role', 'status')",
    "if (event.key === 'Escape') close()",
    "import { title } from './Title of a file.ts'",
    "type Title = { title: 'Some words' }",
    "const row = (label: string, id: string) => ({ label, id }); row(l10n.t('Review'), 'review')",
    "const title = l10n.t('Review')",
    `const key = \`\${day} \${model}\``,
    `const where = \`\${host}: \${port}\``,
    `show(\`\${l10n.t('Model')} · \${model}\`)`,
    `log.info(\`\${kind}: \${describe(failure, l10n)}\`)`,
  ];
  for (const [source, file] of withFiles(passed)) {
    it(`${source} is let pass`, () => assert.deepEqual(untranslatedIn([file]), []));
  }

  it('may be said to the model, in a folder of its own', () => {
    const source = "const instruction = 'Answer in Markdown.'";
    assert.deepEqual(untranslatedIn(samples([source], '/src/core/prompt')), []);
    assert.equal(untranslatedIn(samples([source], '/src/core')).length, 1);
  });
});

function withFiles(sources: readonly string[]): readonly (readonly [string, SourceFile])[] {
  return samples(sources).map((file) => [file.text, file]);
}

const shownInManifest =
  /^(?:title|(?:markdown)?[dD]escription|displayName|fullName|contents|label|category|altText|.*Message|(?:markdownE|e)numDescriptions|enumItemLabels)$/;

/** What a manifest shows, and doesn’t take from package.nls.json; names aside. */
function wordsIn(manifest: unknown): readonly string[] {
  const found: string[] = [];
  JSON.stringify(manifest, (key, value: unknown) => {
    for (const text of shownInManifest.test(key) ? [value].flat() : []) {
      const isTaken = typeof text !== 'string' || /^(?:%[\w.-]+%|Claude(?: Stream)?)$/.test(text);
      if (!isTaken) found.push(`${key}: ${text}`);
    }
    return value;
  });
  return found;
}
