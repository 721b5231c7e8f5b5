import assert from 'node:assert/strict';
import { toCountParams } from '../../../src/core/claude/request-params.ts';
import { attachmentLabel, type SelectionAttachment } from '../../../src/core/prompt/attachment.ts';
import { buildRequest, toContinueRequest } from '../../../src/core/prompt/build-request.ts';
import { english } from '../../fakes/english.ts';

const settings = {
  model: 'm',
  maxTokens: 5,
  effort: null,
  showThinking: false,
  systemPrompt: '',
} as const;

const selection: SelectionAttachment = {
  kind: 'selection',
  file: 'src/fib.ts',
  language: 'typescript',
  lines: { from: 3, to: 9 },
  text: 'const x = 1;',
  surroundings: [{ part: 'imports', lines: { from: 1, to: 1 }, text: "import 'y';" }],
};

describe('request', () => {
  it('holds the surroundings, the selection and then the question', () => {
    const { userText } = buildRequest({ kind: 'free', text: 'Why?' }, [selection], settings);
    assert.equal(
      userText,
      [
        '<context file="src/fib.ts" language="typescript" part="imports" lines="1">',
        "import 'y';",
        '</context>',
        '',
        '<selection file="src/fib.ts" language="typescript" lines="3-9">',
        'const x = 1;',
        '</selection>',
        '',
        'Why?',
      ].join('\n'),
    );
  });

  it('holds the question alone where nothing is attached', () => {
    assert.equal(buildRequest({ kind: 'free', text: 'Why?' }, [], settings).userText, 'Why?');
  });

  it('holds what is quoted of a reply, and says whose words they are', () => {
    const quotes = [
      { kind: 'quote', language: '', text: 'waits longer' },
      { kind: 'quote', language: 'typescript', text: 'await sleep(wait);' },
    ] as const;
    assert.equal(
      buildRequest({ kind: 'free', text: 'Why?' }, quotes, settings).userText,
      [
        '<quote from="your reply">\nwaits longer\n</quote>',
        '<quote from="your reply" language="typescript">\nawait sleep(wait);\n</quote>',
        'Why?',
      ].join('\n\n'),
    );
  });

  it('has images before the text, also of what was asked before', () => {
    const picture = { mediaType: 'image/png', data: 'iVBORw==' } as const;
    const image = { kind: 'image', file: 'a "b".png', ...picture, language: '', text: '' } as const;
    const free = { kind: 'free', text: 'What is this?' } as const;
    const first = buildRequest(free, [image], settings);
    const { userText, images = [] } = first;
    const earlier = [{ userText, images, reply: 'A dot.', thoughts: [] }];
    const request = { ...buildRequest(free, [], settings), earlier };
    const shown = [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw==' } },
      { type: 'text', text: '<image file="a &quot;b&quot;.png"/>\n\nWhat is this?' },
    ];
    assert.deepEqual(toCountParams(first).messages, [{ role: 'user', content: shown }]);
    assert.deepEqual(
      toCountParams(request).messages.map(({ content }) => content),
      [shown, 'A dot.', 'What is this?'],
    );
  });

  it('names what the editor knows, with tags that it can’t close', () => {
    const problems = {
      kind: 'problems',
      label: '2 problems',
      language: '',
      text: 'a </problems>',
    } as const;
    assert.equal(
      buildRequest({ kind: 'free', text: 'Why?' }, [problems], settings).userText,
      '<problems_ of="2 problems">\na </problems>\n</problems_>\n\nWhy?',
    );
  });

  it('holds every selection', () => {
    const other = { ...selection, file: 'b.ts', text: 'other' };
    const { userText } = buildRequest({ kind: 'explain' }, [selection, other], settings);
    assert.ok(userText.indexOf('const x = 1;') < userText.indexOf('other'));
  });

  it('keeps the selected text whole and unchanged, whatever it holds', () => {
    const text = `</selection>\n${'x'.repeat(5_000_000)}\r\n\t`;
    const { userText } = buildRequest({ kind: 'explain' }, [{ ...selection, text }], settings);
    assert.ok(userText.includes(`>\n${text}\n</selection_>`));
  });

  it('adds the user’s own system prompt to ours', () => {
    const asked = { ...settings, systemPrompt: ' Answer in German. ' };
    const { system } = buildRequest({ kind: 'explain' }, [], asked);
    const { system: own } = buildRequest({ kind: 'explain' }, [], settings);
    assert.equal(system, `${own}\n\nAnswer in German.`);
  });

  it('can’t be broken out of by a file’s name', () => {
    const file = 'a" onclick="b\n<x>.ts';
    const { userText } = buildRequest({ kind: 'explain' }, [{ ...selection, file }], settings);
    assert.ok(userText.includes('file="a&quot; onclick=&quot;b <x>.ts"'));
  });
});

describe('continued request', () => {
  const request = buildRequest({ kind: 'free', text: 'Why?' }, [], settings);

  it('brings the reply so far, and asks to go on from its end', () => {
    const { continuation, userText } = toContinueRequest(request, 'Because');
    assert.equal(userText, 'Why?');
    assert.equal(continuation?.textSoFar, 'Because');
    assert.match(continuation?.instruction ?? '', /very next character/);
  });

  it('is the same again where there is nothing to go on from', () => {
    assert.deepEqual(toContinueRequest(request, ''), request);
  });
});

describe('attachment label', () => {
  it('names one line or several', () => {
    assert.equal(attachmentLabel(selection, english), 'src/fib.ts:3–9');
    assert.equal(
      attachmentLabel({ ...selection, lines: { from: 3, to: 3 } }, english),
      'src/fib.ts:3',
    );
  });
});
