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

/** The view that ships. */
export const ours: Contestant = {
  name: 'ours',
  isIncremental: true,
  start(root) {
    return new MarkdownView(root, createParser());
  },
};
