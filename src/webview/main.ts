import { type FromWebview, isPanelStrings, isToWebview } from '../core/protocol.ts';
import { CodeBlocks } from './code/code-blocks.ts';
import { PlainBlock } from './code/plain-block.ts';
import { PageState } from './page-state.ts';
import { Transcript } from './transcript.ts';

const api = acquireVsCodeApi();
const root = document.getElementById('transcript');
const announcer = document.getElementById('announcer');
const { conversationId = '', highlighter = '' } = document.body.dataset;
// Asked now: it is told while the script runs, and the page has scripts of VS Code's too.
const nonce = document.currentScript?.nonce ?? '';
const strings: unknown = JSON.parse(document.body.dataset['strings'] ?? 'null');

if (root !== null && announcer !== null && isPanelStrings(strings)) {
  const send = (message: FromWebview): void => api.postMessage(message);
  const codeBlocks = new CodeBlocks({
    root,
    strings,
    remembered: new PageState(api, conversationId),
    highlighter: { uri: highlighter, nonce },
    makePlain: (word) => new PlainBlock(word),
    send,
    announce: (text) => {
      announcer.textContent = text;
    },
  });
  const transcript = new Transcript(root, announcer, strings, codeBlocks, send);
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isToWebview(data)) transcript.receive(data);
  });
  send({ type: 'ready' });
}
