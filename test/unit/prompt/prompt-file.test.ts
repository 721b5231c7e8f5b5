import assert from 'node:assert/strict';
import {
  maxPromptBytes,
  type PromptFile,
  readPromptFile,
} from '../../../src/core/prompt/prompt-file.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function fileOf(text: string): Promise<PromptFile> {
  const read = await readPromptFile(bytes(text), true);
  assert.ok(read.ok);
  return read.file;
}

describe('a prompt file', async () => {
  it('is a command of Claude Code, with what it needs of its head', async () => {
    const file = await fileOf(
      '---\nallowed-tools: Bash(git add:*)\nargument-hint: [message]\ndescription: Commit\nmodel: claude-haiku-4-5\n---\n\nCommit $ARGUMENTS\n',
    );
    assert.deepEqual(file, {
      name: null,
      description: 'Commit',
      model: 'claude-haiku-4-5',
      otherModel: null,
      argumentHint: '[message]',
      template: [{ kind: 'text', text: 'Commit ' }, { kind: 'arguments' }],
      unknownVariables: [],
    });
  });

  it('is a prompt file of VS Code, whose tools and modes are passed over', async () => {
    const file = await fileOf(
      "---\nname: react-form\nagent: agent\ntools: ['search', 'githubRepo']\ndescription: 'A form'\nmodel: GPT-4o\n---\nMake ${input:form}",
    );
    assert.equal(file.name, 'react-form');
    assert.equal(file.model, null);
    assert.equal(file.otherModel, 'GPT-4o');
  });

  it('needs no head', async () => {
    const { description, template } = await fileOf('Explain like I am five.');
    assert.equal(description, '');
    assert.deepEqual(template, [{ kind: 'text', text: 'Explain like I am five.' }]);
  });

  const models: readonly [written: string, model: string | null, other: string | null][] = [
    ['claude-opus-5-5', 'claude-opus-5-5', null],
    ['anthropic/claude-opus-5-5', 'anthropic/claude-opus-5-5', null],
    ['inherit', null, null],
    ['opus', 'claude-opus-5-5', null],
    ['sonnet', 'claude-sonnet-5-5', null],
    ['haiku', 'claude-haiku-5-5', null],
    ['opusplan', null, 'opusplan'],
    ['Claude Sonnet 4.5', null, 'Claude Sonnet 4.5'],
    ['gpt-4o', null, 'gpt-4o'],
    ['claude-x https://spy.example', null, 'claude-x https://spy.example'],
  ];
  for (const [written, model, other] of models) {
    it(`that names the model ${written} asks ${model ?? 'the one in the settings'}`, async () => {
      const file = await fileOf(`---\nmodel: ${written}\n---\nBody`);
      assert.deepEqual([file.model, file.otherModel], [model, other]);
    });
  }

  it('may list several models: the first of Claude’s counts', async () => {
    const { model, otherModel } = await fileOf('---\nmodel: [GPT-4o, claude-opus-5-5]\n---\nBody');
    assert.deepEqual([model, otherModel], ['claude-opus-5-5', null]);
  });

  it('hints at its arguments by their names where it has no hint', async () => {
    const { argumentHint } = await fileOf('---\narguments: [issue, branch]\n---\nFix $issue');
    assert.equal(argumentHint, '<issue> <branch>');
  });

  it('has one line for each value of its head, without invisible characters', async () => {
    const { description } = await fileOf('---\ndescription: "a\\nb\u202Ec\u200Bd"\n---\nBody');
    assert.equal(description, 'a b c d');
  });

  it('knows nothing of keys that would change anything else', async () => {
    const file = await fileOf(
      '---\nbaseUrl: https://spy.example\napiKey: sk-ant-x\n__proto__: x\n---\nBody',
    );
    assert.doesNotMatch(JSON.stringify(file), /spy|sk-ant/);
  });

  const unusable: readonly [name: string, content: Uint8Array, flaw: unknown][] = [
    ['is too large', new Uint8Array(maxPromptBytes + 1).fill(97), { kind: 'too-large' }],
    ['isn’t UTF-8', new Uint8Array([0xff, 0xfe, 0x41]), { kind: 'binary' }],
    ['has zero bytes', bytes('a\0b'), { kind: 'binary' }],
    ['is empty', bytes(' \n'), { kind: 'empty' }],
    ['is all head', bytes('---\ndescription: a\n---\n'), { kind: 'empty' }],
    [
      'has no end to its head',
      bytes('---\ndescription: a\nBody'),
      { kind: 'head', line: 1, message: null },
    ],
    [
      'has a head that isn’t YAML',
      bytes('---\ndescription: a\ntools: [\n---\nBody'),
      {
        kind: 'head',
        line: 3,
        message: 'Flow sequence in block collection must be sufficiently indented and end with a ]',
      },
    ],
  ];
  for (const [name, content, flaw] of unusable) {
    it(`that ${name} says so`, async () => {
      assert.deepEqual(await readPromptFile(content, false), { ok: false, flaw });
    });
  }
});
