import type { PanelStrings } from '../../../src/core/protocol/panel-strings.ts';
import { CodeBlocks } from '../../../src/webview/code/code-blocks.ts';
import { createPlainCodeBlock } from '../../../src/webview/code/plain-code-block.ts';
import { MarkdownView } from '../../../src/webview/markdown/markdown-view.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';
import type { Contestant } from './contestant.ts';

const linesInElement = 40;

/** Nothing that shows the text can cost less: plain text, a new element every 40 lines. */
export const floor: Contestant = {
  name: 'floor',
  isIncremental: true,
  start(root) {
    let element: HTMLElement | null = null;
    let lines = 0;
    return {
      append(added) {
        if (element === null) {
          element = document.createElement('div');
          element.style.whiteSpace = 'pre-wrap';
          root.append(element);
        }
        element.append(added);
        for (const character of added) if (character === '\n') lines++;
        if (lines < linesInElement) return;
        lines = 0;
        element = null;
      },
      finish() {},
    };
  },
};

/** What the panel's words are doesn't matter here. */
const strings = new Proxy({} as PanelStrings, { get: (_, name) => String(name) });

/**
 * The view that ships, its code blocks with their headers and buttons. There is no highlighter: it
 * works on closed blocks, and only while the page has nothing else to do.
 */
export const ours: Contestant = {
  name: 'ours',
  isIncremental: true,
  start(root) {
    const codeBlocks = new CodeBlocks({
      root,
      strings,
      wrappingState: { wrapsCode: false },
      highlighter: { uri: 'data:text/javascript,', nonce: '' },
      createPlainBlock: createPlainCodeBlock,
      send: () => {},
      announce: () => {},
    });
    return new MarkdownView(root, createParser(), (word) => codeBlocks.create('reply', word));
  },
};
