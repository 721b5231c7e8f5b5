import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  expandTemplate,
  getEditorVariables,
  getInputs,
  parseTemplate,
  type TemplateValues,
  takesArguments,
} from '../../../src/core/prompt/template.ts';

const values: TemplateValues = {
  arguments: 'two "big words" more',
  inputs: new Map([['who', 'Ada']]),
  editor: { selection: 'let a;', file: 'src/a.ts', fileBasename: 'a.ts', language: 'typescript' },
};

const expanded = (body: string, hasPositions = false): string =>
  expandTemplate(parseTemplate(body, hasPositions), values);

describe('a prompt’s body', () => {
  const cases: readonly [body: string, text: string][] = [
    ['For $ARGUMENTS.', 'For two "big words" more.'],
    ['$ARGUMENTS_ALL $ARGUMENTSX', '$ARGUMENTS_ALL $ARGUMENTSX'],
    ['Ask ${input:who} and ${input:who:a name}', 'Ask Ada and Ada'],
    ['${selection}|${selectedText}', 'let a;|let a;'],
    ['${file} ${fileBasename} ${language}', 'src/a.ts a.ts typescript'],
    [
      '${workspaceFolder} ${env:HOME} ${command:x} ${input:} ${',
      '${workspaceFolder} ${env:HOME} ${command:x} ${input:} ${',
    ],
    ['$1 costs $2', '$1 costs $2'],
    ['!`rm -rf .` @secrets.txt', '!`rm -rf .` @secrets.txt'],
  ];
  for (const [body, text] of cases) {
    it(`“${body}” becomes “${text}”`, () => assert.equal(expanded(body), text));
  }

  it('has single arguments by their places in commands, in quotes with their spaces', () => {
    assert.equal(expanded('$1/$2/$3/$4/$10', true), 'two/big words/more//$10');
  });

  it('says what has to be typed, each once, with the first placeholder', () => {
    const template = parseTemplate('${input:a} ${input:b:x} ${input:a:later} ${input:b:y}', false);
    assert.deepEqual(
      [...getInputs(template)],
      [
        ['a', 'later'],
        ['b', 'x'],
      ],
    );
  });

  it('says what it takes from the editor, and whether it takes arguments', () => {
    const template = parseTemplate('${file} ${selectedText} ${selection}', false);
    assert.deepEqual([...getEditorVariables(template)].sort(), ['file', 'selection']);
    assert.equal(takesArguments(template), false);
    assert.equal(takesArguments(parseTemplate('$1', true)), true);
    assert.equal(takesArguments(parseTemplate('$ARGUMENTS', false)), true);
  });

  const tricky = fc.string({
    unit: fc.constantFrom(
      '$',
      '{',
      '}',
      ':',
      '1',
      'x',
      ' ',
      '$ARGUMENTS',
      '${file}',
      '${selection}',
      '${input:who}',
      '$&',
      '$$',
    ),
  });

  it('takes what is filled in as it is: nothing in it is filled in again', () => {
    fc.assert(
      fc.property(tricky, tricky, tricky, tricky, (selection, file, given, who) => {
        const text = expandTemplate(
          parseTemplate('${selection}|${file}|$ARGUMENTS|${input:who}', true),
          {
            arguments: given,
            inputs: new Map([['who', who]]),
            editor: { ...values.editor, selection, file },
          },
        );
        assert.equal(text, [selection, file, given, who].join('|'));
      }),
    );
  });

  it('is itself where nothing is to be filled in', () => {
    fc.assert(
      fc.property(tricky, fc.boolean(), (body, hasPositions) => {
        const template = parseTemplate(body, hasPositions);
        fc.pre(template.every(({ kind }) => kind === 'text'));
        assert.equal(expandTemplate(template, values), body);
      }),
    );
  });
});
