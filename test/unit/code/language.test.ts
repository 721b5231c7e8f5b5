import assert from 'node:assert/strict';
import { grammars } from '../../../src/webview/code/grammars.ts';
import { findLanguage } from '../../../src/webview/code/languages.ts';

describe('language behind a fence', () => {
  const cases: readonly [word: string, name: string, id: string, grammar: string | null][] = [
    ['ts', 'TypeScript', 'typescript', 'typescript'],
    ['TypeScript', 'TypeScript', 'typescript', 'typescript'],
    ['typescriptreact', 'TypeScript JSX', 'typescriptreact', 'typescript'],
    ['tsx', 'TypeScript JSX', 'typescriptreact', 'typescript'],
    ['jsx', 'JavaScript JSX', 'javascriptreact', 'javascript'],
    ['shellscript', 'Shell', 'shellscript', 'bash'],
    ['sh', 'Shell', 'shellscript', 'bash'],
    ['console', 'Shell Session', 'shellscript', 'shell'],
    ['python', 'Python', 'python', 'python'],
    ['c++', 'C++', 'cpp', 'cpp'],
    ['C#', 'C#', 'csharp', 'csharp'],
    ['vue', 'Vue', 'vue', 'xml'],
    ['toml', 'TOML', 'toml', 'ini'],
    ['proto3', 'Protocol Buffers', 'proto3', 'protobuf'],
    ['yml', 'YAML', 'yaml', 'yaml'],
    ['text', 'Plain Text', 'plaintext', null],
    ['ts,ignore', 'TypeScript', 'typescript', 'typescript'],
    ['ts{1,3}', 'TypeScript', 'typescript', 'typescript'],
    ['rust:src/main.rs', 'Rust', 'rust', 'rust'],
    ['Brainfuck', 'Brainfuck', 'brainfuck', null],
    ['__proto__', '__proto__', '__proto__', null],
    ['constructor', 'constructor', 'constructor', null],
  ];
  for (const [word, name, id, grammar] of cases) {
    it(`${word} is ${name}`, () => assert.deepEqual(findLanguage(word), { name, id, grammar }));
  }

  for (const word of ['', ',', '{.foo}']) {
    it(`'${word}' is none`, () => assert.equal(findLanguage(word), null));
  }

  it('has a way to every grammar', () => {
    // PHP's own template is what `php` itself needs to be in HTML.
    const reached = Object.keys(grammars).filter((name) => findLanguage(name)?.grammar === name);
    const embedded = Object.keys(grammars).filter((name) => !reached.includes(name));
    assert.deepEqual(embedded, ['php-template', 'shell']);
  });
});
