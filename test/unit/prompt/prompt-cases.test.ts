import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readPromptFile } from '../../../src/core/prompt/prompt-file.ts';
import { expandTemplate, getInputs, takesArguments } from '../../../src/core/prompt/template.ts';

const folder = new URL('../../cases/prompts/', import.meta.url);

interface Expected {
  readonly text?: string;
  readonly asks?: string;
  readonly description?: string;
  readonly inputs?: readonly string[];
  readonly note?: string;
}

const expected: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
);

const editor = {
  selection: 'SEL',
  file: 'src/lib/a.ts',
  relativeFile: 'src/lib/a.ts',
  relativeFileDirname: 'src/lib',
  fileBasename: 'a.ts',
  fileBasenameNoExtension: 'a',
  fileExtname: '.ts',
  fileDirname: '/home/me/shop/src/lib',
  lineNumber: '3',
  language: 'typescript',
  workspaceFolder: '/home/me/shop',
  workspaceFolderBasename: 'shop',
};

/** What a file of a tool must become, for the arguments and the editor that its README names. */
describe('prompt files of other tools', () => {
  it('are all here', () => {
    const files = readdirSync(folder).filter(
      (file) => file.endsWith('.md') && file !== 'README.md',
    );
    assert.deepEqual(files.toSorted(), Object.keys(expected).toSorted());
  });

  for (const [name, wanted] of Object.entries(expected)) {
    it(name, async () => {
      const bytes = readFileSync(new URL(name, folder));
      const read = await readPromptFile(bytes, !name.endsWith('.prompt.md'));
      assert.ok(read.ok);
      const { template, argumentHint, description, unknownVariables } = read.file;
      const inputs = getInputs(template);
      const values = {
        arguments: takesArguments(template) || argumentHint !== '' ? '123 high "alice b"' : '',
        inputs: new Map([...inputs.keys()].map((input) => [input, `<${input}>`])),
        editor,
      };
      const text = expandTemplate(template, values);
      if (wanted.text !== undefined) assert.equal(text, wanted.text);
      if (wanted.asks !== undefined) assert.equal(argumentHint, wanted.asks);
      if (wanted.inputs !== undefined) assert.deepEqual([...inputs.keys()], wanted.inputs);
      if (wanted.description !== undefined) {
        assert.equal(description, wanted.description.replace(/\s+/g, ' ').trim());
      }
      if (wanted.note !== undefined) {
        assert.equal(text, 'shop: src/lib/a.ts in /home/me/shop/src/lib, a, SEL, <kind>');
        assert.equal(inputs.get('kind'), 'unit or e2e');
      }
      assert.deepEqual(unknownVariables, []);
    });
  }
});
