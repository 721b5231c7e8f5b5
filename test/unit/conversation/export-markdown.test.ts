import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { exportConversation, exportReply } from '../../../src/core/conversation/export-markdown.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { Attachment } from '../../../src/core/prompt/attachment.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';
import { english } from '../../fakes/english.ts';
import { anyAttachment, anyEvent, anyPrompt, anyText } from '../journal/samples.ts';

const complete: ReplyEvent = { type: 'outcome', outcome: { kind: 'complete' } };

function replyOf(...events: readonly ReplyEvent[]): Reply {
  const reply = new Reply('r1', 'claude-sonnet-5-5', 0);
  for (const [index, event] of events.entries()) reply.apply(event, index * 100);
  return reply;
}
const said = (text: string, end: ReplyEvent = complete): Reply =>
  replyOf({ type: 'text', text }, end);
const turnOf = (reply: Reply, asked: Partial<Turn> = {}): Turn => ({
  after: null,
  prompt: { kind: 'free', text: 'Why?' },
  attachments: [],
  ...asked,
  reply,
});
const code = (text: string): Attachment => ({
  kind: 'selection',
  file: 'src/a.ts',
  language: 'typescript',
  lines: { from: 3, to: 9 },
  text,
  surroundings: [],
});

describe('a conversation as Markdown', () => {
  it('names a saved prompt with its words, and ours by its name alone', () => {
    const turns = (['saved', 'built-in'] as const).map((kind) =>
      turnOf(said('Done.', complete), { prompt: { kind, name: 'Tidy', text: 'Tidy this.' } }),
    );
    const shown = exportConversation('Tidy', turns, english);
    assert.ok(shown.includes('\n\n> Tidy\n>\n> Tidy this.\n\nDone.'));
    assert.ok(shown.includes('\n\n> Tidy\n\nDone.'));
  });

  it('is its questions, what went with them, its replies and their receipts', () => {
    const usage = { input: 12, cacheRead: 0, cacheWrite: 0, output: 5, thinking: null };
    const first = replyOf(
      { type: 'text', text: 'It *adds*.' },
      { type: 'usage', usage, final: true },
      complete,
    );
    const second = said('Half a', { type: 'outcome', outcome: { kind: 'stopped' } });
    const turns = [
      turnOf(first, { prompt: { kind: 'explain' }, attachments: [code('a + b')] }),
      turnOf(second, { prompt: { kind: 'free', text: 'And\n\nthen?' } }),
    ];
    const [, shown, notes] =
      /^([\s\S]*)\n\n(\[\^receipt-1\]: [\s\S]*)$/.exec(
        exportConversation('Explain src/a.ts:3–9', turns, english),
      ) ?? [];
    assert.equal(
      shown,
      [
        '# Explain src/a.ts:3–9',
        '> Explain',
        '`src/a.ts:3–9`',
        '```typescript\na + b\n```',
        'It *adds*.',
        '[^receipt-1]',
        '> And\n>\n> then?',
        'Half a',
        '*Stopped by you.* [^receipt-2]',
      ].join('\n\n'),
    );
    assert.match(notes ?? '', /^\[\^receipt-1\]: Model: claude-sonnet-5-5 · Input: 12 tokens · /);
    assert.match(notes ?? '', /\n\[\^receipt-2\]: Model: claude-sonnet-5-5 · .*≈.*\n$/);
  });

  it('has every reply’s text in it, unchanged', () => {
    const anyTurn = fc
      .tuple(anyPrompt, fc.array(anyAttachment, { maxLength: 2 }), fc.array(anyEvent))
      .map(([prompt, attachments, events]) => turnOf(replyOf(...events), { prompt, attachments }));
    fc.assert(
      fc.property(anyText, fc.array(anyTurn), (title, turns) => {
        const markdown = exportConversation(title, turns, english);
        // But for how deep its headings are.
        const withoutDepth = (text: string): string =>
          text.replace(/^( {0,3})#+(?=[ \t]|$)/gm, '$1#');
        const exported = withoutDepth(markdown);
        let from = 0;
        for (const { reply } of turns) {
          const text = withoutDepth(reply.text);
          const at = exported.indexOf(text, from);
          assert.ok(at >= 0);
          from = at + text.length;
          assert.ok(exportReply(reply, english).startsWith(reply.text));
        }
      }),
    );
  });

  it('has a reply’s headings below its title, and leaves code alone', () => {
    const text = '# One\n\n```md\n# Code\n```\n\n## Two\n\n###### Six\n\n#no heading\n\n#';
    const markdown = exportConversation('Title', [turnOf(said(text))], english);
    const levels = createParser()
      .parse(markdown, {})
      .flatMap(({ type, tag }) => (type === 'heading_open' ? [tag] : []));
    assert.deepEqual(levels, ['h1', 'h2', 'h3', 'h6', 'h2']);
    assert.ok(markdown.includes('```md\n# Code\n```'));
    const low = '## Two\n\n### Three';
    assert.ok(exportConversation('Title', [turnOf(said(low))], english).includes(low));
    assert.ok(exportReply(said(text), english).startsWith(text));
  });

  it('lets no attached code end its own block', () => {
    const line = fc.constantFrom('```', '````', '~~~', 'code', '', '`', '``` js');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const markdown = exportConversation(
          't',
          [turnOf(said('Yes.'), { attachments: [code(text)] })],
          english,
        );
        const blocks = createParser()
          .parse(markdown, {})
          .filter(({ type }) => type === 'fence');
        assert.deepEqual(
          blocks.map(({ content }) => content),
          [`${text}\n`],
        );
      }),
    );
  });

  const openEnds: readonly [string, string][] = [
    ['a code block', 'Look:\n\n```js\nconst a ='],
    ['a longer one', '````md\n```\nx\n```\n'],
    ['one of tildes', '~~~\n```'],
    ['one that is indented', '  ```\n  x'],
    ['one in a list', '1. First\n\n   ```sh\n   ls'],
    ['one that begins an item', '- ```sh\n  ls\n'],
    ['one in a quotation', '> ```\n> x'],
    ['none', 'Just `so`'],
  ];
  for (const [name, text] of openEnds) {
    it(`doesn’t take its own words into what a reply left open: ${name}`, () => {
      const stopped: ReplyEvent = { type: 'outcome', outcome: { kind: 'stopped' } };
      const markdown = exportReply(said(text, stopped), english);
      const tokens = createParser().parse(markdown, {});
      const words = tokens.filter(({ content }) => content === '*Stopped by you.* [^receipt-1]');
      assert.deepEqual(
        words.map(({ type, level }) => [type, level]),
        [['inline', 1]],
      );
    });
  }

  it('is one reply alone, with its receipt', () => {
    assert.match(
      exportReply(said('All of it.\n'), english),
      /^All of it\.\n\n\n\[\^receipt-1\]\n\n\[\^receipt-1\]: Model: claude-sonnet-5-5 · /,
    );
  });

  it('says so while a reply still streams', () => {
    const streaming = replyOf({ type: 'text', text: 'So far' });
    assert.match(
      exportReply(streaming, english),
      /^So far\n\n\*Claude is still writing this\.\* \[\^receipt-1\]/,
    );
  });
});
