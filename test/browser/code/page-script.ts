/*
 * Runs in the browser: a page with code blocks as the panel has them, and the messages that they
 * send. The tests steer it through `window.codePage`.
 */
import type { CodeMessage, PanelStrings } from '../../../src/core/protocol.ts';
import type { Palette } from '../../../src/core/theme/palette.ts';
import { CodeBlocks } from '../../../src/webview/code/code-blocks.ts';
import { showPalette } from '../../../src/webview/code/show-palette.ts';
import type { CodeBlock } from '../../../src/webview/markdown/code-block.ts';
import { makePlainCodeBlock } from '../../../src/webview/markdown/plain-code-block.ts';
import { PanelMemory } from '../../../src/webview/panel-memory.ts';

export interface CodePage {
  readonly sent: CodeMessage[];
  readonly announced: string[];
  readonly violations: string[];
  state: unknown;
  /** Makes a block at the end of the page; returns its number. */
  open(word: string): number;
  append(block: number, text: string): void;
  close(block: number): void;
  showPalette(palette: Palette | null): void;
}

declare global {
  interface Window {
    codePage: CodePage;
  }
}

const root = document.getElementById('transcript');
if (root === null) throw new Error('The page has no transcript.');
const blocks: CodeBlock[] = [];

const page: CodePage = {
  sent: [],
  announced: [],
  violations: [],
  state: {
    conversationId: 'c1',
    view: null,
    draft: '',
    wrapsCode: false,
    ...JSON.parse(document.body.dataset['state'] ?? '{}'),
  },
  open(word) {
    const block = codeBlocks.make('r1', word);
    document.querySelector('.reply-text')?.append(block.element);
    return blocks.push(block) - 1;
  },
  append: (block, text) => blocks[block]?.append(text),
  close: (block) => blocks[block]?.close(),
  showPalette,
};
window.codePage = page;
document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
  page.violations.push(violatedDirective),
);

/** Every string is its own name, but the one with a place in it. */
const strings = new Proxy({} as PanelStrings, {
  get: (_, name) => (name === 'codeIn' ? '{0} code' : String(name)),
});
const codeBlocks = new CodeBlocks({
  root,
  strings,
  remembered: new PanelMemory(
    {
      getState: () => page.state,
      setState: (state) => {
        page.state = state;
      },
    },
    'c1',
  ),
  highlighter: {
    uri: document.body.dataset['highlighter'] ?? '',
    nonce: document.currentScript?.nonce ?? '',
  },
  makePlain: makePlainCodeBlock,
  send: (message) => page.sent.push(message),
  announce: (text) => page.announced.push(text),
});
