import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitArguments } from '../../../src/core/prompt/split-arguments.ts';
import {
  expandTemplate,
  getEditorVariables,
  getInputs,
  getUnknownVariables,
  needsEditor,
  parseTemplate,
  type Template,
  type TemplateValues,
  takesArguments,
} from '../../../src/core/prompt/template.ts';

const values: TemplateValues = {
  arguments: 'two "big words" more',
  inputs: new Map([['who', 'Ada']]),
  editor: {
    selection: 'let a;',
    file: 'src/a.ts',
    relativeFile: 'src/a.ts',
    relativeFileDirname: 'src',
    fileBasename: 'a.ts',
    fileBasenameNoExtension: 'a',
    fileExtname: '.ts',
    fileDirname: '/shop/src',
    lineNumber: '7',
    language: 'typescript',
    workspaceFolder: '/shop',
    workspaceFolderBasename: 'shop',
  },
};

const parse = (body: string, hasPositions = false, names: readonly string[] = []): Template =>
  parseTemplate(body, { hasPositions, names });

/** Without arguments where the body has no place for them: they would be appended. */
const expanded = (body: string): string => {
  const template = parse(body);
  const typed = takesArguments(template) ? values.arguments : '';
  return expandTemplate(template, { ...values, arguments: typed });
};

const withArguments = (body: string, typed: string, names: readonly string[] = []): string =>
  expandTemplate(parse(body, true, names), { ...values, arguments: typed });

describe('a prompt’s body', () => {
  const cases: readonly [body: string, text: string][] = [
    ['For $ARGUMENTS.', 'For two "big words" more.'],
    ['$ARGUMENTS_ALL $ARGUMENTSX', '$ARGUMENTS_ALL $ARGUMENTSX'],
    ['Ask ${input:who} and ${input:who:a name}', 'Ask Ada and Ada'],
    ['${selection}|${selectedText}', 'let a;|let a;'],
    ['${file} ${fileBasename} ${language}', 'src/a.ts a.ts typescript'],
    [
      '${env:HOME} ${command:x} ${input:} ${input: } ${',
      '${env:HOME} ${command:x} ${input:} ${input: } ${',
    ],
    ['${workspaceFolder} ${workspaceFolderBasename}', '/shop shop'],
    ['${relativeFile} ${relativeFileDirname} ${fileDirname}', 'src/a.ts src /shop/src'],
    ['${fileBasenameNoExtension} ${fileExtname} ${lineNumber}', 'a .ts 7'],
    ['$1 costs $2', '$1 costs $2'],
    ['!`rm -rf .` @secrets.txt', '!`rm -rf .` @secrets.txt'],
  ];
  for (const [body, text] of cases) {
    it(`“${body}” becomes “${text}”`, () => assert.equal(expanded(body), text));
  }

  const placed: readonly [body: string, typed: string, text: string][] = [
    ['$0/$1/$2/$3', 'a "b c" d', 'a/b c/d/$3'],
    ['$ARGUMENTS[0]|$ARGUMENTS[1]|$ARGUMENTS[2]', "a 'b c'", 'a|b c|$ARGUMENTS[2]'],
    ['$1 and $2', 'a b', 'a and b'],
    ['$2 of $ARGUMENTS', 'a b c', 'c of a b c'],
    ['$1, then $ARGUMENTS[0]', 'a b', 'b, then a'],
    ['$10 $100 $1st', 'a', '$10 $100 $1st\n\nARGUMENTS: a'],
    ['\\$1 \\$ARGUMENTS \\$ARGUMENTS[0] $0', 'a', '$1 $ARGUMENTS $ARGUMENTS[0] a'],
    ['\\$0 $1', 'a b', '$0 a'],
    ['\\\\$0', 'a', '\\\\a'],
    ['grep "\\$HOME" \\$', '', 'grep "\\$HOME" \\$'],
    ['$0', '"" b', ''],
    ['$0', '$1 b', '$1'],
    ['Mend it.', 'with "care"', 'Mend it.\n\nARGUMENTS: with "care"'],
    ['Mend it.', ' ', 'Mend it.'],
    ['Mend $3.', 'a', 'Mend $3.\n\nARGUMENTS: a'],
  ];
  for (const [body, typed, text] of placed) {
    it(`“${body}” becomes “${text}” where “${typed}” is typed`, () => {
      assert.equal(withArguments(body, typed), text);
    });
  }

  it('has arguments by the names that its head gives them, empty where they are missing', () => {
    const body = '$issue-1 to $issue_2, $branch and \\$branch $issue';
    assert.equal(
      withArguments(body, '7 main', ['issue', 'branch', 'more']),
      '7-1 to $issue_2, main and $branch 7',
    );
    assert.equal(withArguments('$issue|$branch', '7', ['issue', 'branch']), '7|');
  });

  const typed: readonly [typed: string, words: readonly string[]][] = [
    ['', []],
    ['  a\tb \n c ', ['a', 'b', 'c']],
    [`a"b c"d 'e "f'`, ['ab cd', 'e "f']],
    ['"" \'\'', ['', '']],
    ['a\\ b "c\\"d\\e"', ['a b', 'c"d\\e']],
    ["it's broken", ["it's", 'broken']],
    ['#12 > x | y', ['#12', '>', 'x', '|', 'y']],
    ['end\\', ['end\\']],
  ];
  for (const [text, words] of typed) {
    it(`splits ‘${text}’ as a shell does`, () => assert.deepEqual(splitArguments(text), words));
  }

  it('says which variables it doesn’t know, each once and not those of fenced code', () => {
    const body =
      'Use ${foo} ${env:HOME} ${foo} ${file} ${input:a:b c} \\${bar} ${1} ${}\n```js\n`${name}`\n```\n${CLAUDE_SKILL_DIR}';
    assert.deepEqual(getUnknownVariables(body), ['${foo}', '${env:HOME}', '${CLAUDE_SKILL_DIR}']);
  });

  it('says what has to be typed, each once, with the first placeholder', () => {
    const template = parse('${input:a} ${input:b:x} ${input:a:later} ${input:b:y}');
    assert.deepEqual(
      [...getInputs(template)],
      [
        ['a', 'later'],
        ['b', 'x'],
      ],
    );
  });

  it('says what it takes from the editor, and whether it takes arguments', () => {
    const template = parse('${file} ${selectedText} ${selection}');
    assert.deepEqual([...getEditorVariables(template)].sort(), ['file', 'selection']);
    assert.equal(takesArguments(template), false);
    assert.equal(needsEditor(template), true);
    assert.equal(needsEditor(parse('${workspaceFolder} ${input:a}')), false);
    assert.equal(takesArguments(parse('$1', true)), true);
    assert.equal(takesArguments(parse('$ARGUMENTS')), true);
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
        const text = expandTemplate(parse('${selection}|${file}|$ARGUMENTS|${input:who}', true), {
          arguments: given,
          inputs: new Map([['who', who]]),
          editor: { ...values.editor, selection, file },
        });
        assert.equal(text, [selection, file, given, who].join('|'));
      }),
    );
  });

  it('is itself where nothing is to be filled in', () => {
    fc.assert(
      fc.property(tricky, fc.boolean(), (body, hasPositions) => {
        const template = parse(body, hasPositions);
        fc.pre(template.every(({ kind }) => kind === 'text'));
        assert.equal(expandTemplate(template, { ...values, arguments: '' }), body);
      }),
    );
  });
});
