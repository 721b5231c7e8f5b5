/*
 * Runs in the browser: a page with code blocks as the panel has them, and the messages that they
 * send. The tests steer it through `window.codePage`.
 */
import type { CodeMessage } from '../../../src/core/protocol/from-webview.ts';
import type { PanelStrings } from '../../../src/core/protocol/panel-strings.ts';
import type { Palette } from '../../../src/core/theme/palette.ts';
import { CodeBlocks } from '../../../src/webview/code/code-blocks.ts';
import { applyPalette } from '../../../src/webview/code/colour-code.ts';
import {
  type CodeBlock,
  createPlainCodeBlock,
} from '../../../src/webview/code/plain-code-block.ts';

import { PanelStateStore } from '../../../src/webview/panel-state.ts';

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
    const block = codeBlocks.create('r1', word);
    document.querySelector('.reply-text')?.append(block.element);
    return blocks.push(block) - 1;
  },
  append: (block, text) => blocks[block]?.append(text),
  close: (block) => blocks[block]?.close(),
  showPalette: applyPalette,
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
  wrappingState: new PanelStateStore(
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
  createPlainBlock: createPlainCodeBlock,
  send: (message) => page.sent.push(message),
  announce: (text) => page.announced.push(text),
});
