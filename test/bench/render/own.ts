import type { PanelStrings } from '../../../src/core/protocol/panel-strings.ts';
import { CodeBlocks } from '../../../src/webview/code/code-blocks.ts';
import { createPlainCodeBlock } from '../../../src/webview/code/plain-code-block.ts';
import { MarkdownView } from '../../../src/webview/markdown/markdown-view.ts';
import { createParser } from '../../../src/webview/markdown/parser.ts';
import type { Contestant } from './contestant.ts';

/**
 * Plain text: one text node a paragraph, which grows, and finished paragraphs are left out of layout
 * while they are out of view. It isn't the least that is possible yet: at 10,000 tokens ours costs
 * 0.95 times as much. An element for many paragraphs should be cheaper.
 */
export const floor: Contestant = {
  name: 'floor',
  isIncremental: true,
  start(root) {
    let paragraph = startParagraph(root);
    return {
      append(added) {
        // Between two line ends, of which one may have come before.
        const before = paragraph.data.endsWith('\n') ? '\n' : '';
        const gap = (before + added).indexOf('\n\n');
        if (gap === -1) {
          paragraph.appendData(added);
          return;
        }
        const end = gap + 2 - before.length;
        paragraph.appendData(added.slice(0, end));
        paragraph.parentElement?.style.setProperty('content-visibility', 'auto');
        paragraph = startParagraph(root);
        paragraph.appendData(added.slice(end));
      },
      finish() {},
    };
  },
};

function startParagraph(root: HTMLElement): Text {
  const element = document.createElement('div');
  element.style.whiteSpace = 'pre-wrap';
  element.style.containIntrinsicSize = 'auto 1px auto 100px';
  const text = document.createTextNode('');
  element.append(text);
  root.append(element);
  return text;
}

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
