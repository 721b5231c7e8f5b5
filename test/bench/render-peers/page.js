/** The contestants of others, each as its own documentation tells. Their packages are beside this file. */
import { IncremarkContent } from '@incremark/react';
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import MarkstreamRender from 'markstream-react';
import { createElement } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Streamdown } from 'streamdown';
import * as smd from 'streaming-markdown';

/** One that makes HTML of the whole text each time. */
function wholeHtml(name, render) {
  return {
    name,
    isIncremental: false,
    start(root) {
      let text = '';
      return {
        append(added) {
          text += added;
          root.innerHTML = render(text);
        },
        finish() {},
      };
    },
  };
}

/** A React component that is given the whole text each time; it compares by itself. */
function component(name, toElement) {
  return {
    name,
    isIncremental: false,
    start(root) {
      const reactRoot = createRoot(root);
      let text = '';
      const show = (isFinished) => flushSync(() => reactRoot.render(toElement(text, isFinished)));
      return {
        append(added) {
          text += added;
          show(false);
        },
        finish() {
          show(true);
        },
      };
    },
  };
}

const markdownIt = new MarkdownIt({ linkify: true });
const plugins = [remarkGfm];

export const peers = [
  {
    name: 'smd',
    isIncremental: true,
    start(root) {
      const parser = smd.parser(smd.default_renderer(root));
      return {
        append: (added) => smd.parser_write(parser, added),
        finish: () => smd.parser_end(parser),
      };
    },
  },
  component('streamdown', (text) => createElement(Streamdown, null, text)),
  component('markstream', (content, final) =>
    createElement(MarkstreamRender, { content, final, fade: false }),
  ),
  component('incremark', (content, isFinished) =>
    createElement(IncremarkContent, { content, isFinished }),
  ),
  wholeHtml('markdown-it', (text) => markdownIt.render(text)),
  wholeHtml('marked', (text) => marked.parse(text)),
  wholeHtml('marked + DOMPurify', (text) => DOMPurify.sanitize(marked.parse(text))),
  component('react-markdown', (text) =>
    createElement(ReactMarkdown, { remarkPlugins: plugins }, text),
  ),
];
