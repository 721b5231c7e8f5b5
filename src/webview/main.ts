import type { FromWebview } from '../core/protocol/from-webview.ts';
import { isPanelStrings } from '../core/protocol/panel-strings.ts';
import { isToWebview } from '../core/protocol/to-webview.ts';
import { CodeBlocks } from './code/code-blocks.ts';
import { createPlainCodeBlock } from './code/plain-code-block.ts';
import { Composer } from './composer/composer.ts';
import { PanelStateStore } from './panel-state.ts';
import { Announcer } from './transcript/announcer.ts';
import { Transcript } from './transcript/transcript.ts';

const api = acquireVsCodeApi();
const root = document.getElementById('transcript');
const form = document.getElementById('composer');
const announcer = document.getElementById('announcer');
const { conversationId, highlighter = '' } = document.body.dataset;
// Asked now: it is told while the script runs, and the page has scripts of VS Code's too.
const nonce = document.currentScript?.nonce ?? '';
const strings: unknown = JSON.parse(document.body.dataset['strings'] ?? 'null');

if (
  root !== null &&
  form instanceof HTMLFormElement &&
  announcer !== null &&
  conversationId !== undefined &&
  isPanelStrings(strings)
) {
  const send = (message: FromWebview): void => api.postMessage(message);
  const memory = new PanelStateStore(api, conversationId);
  const speaker = new Announcer(announcer, strings);
  const codeBlocks = new CodeBlocks({
    root,
    strings,
    wrappingState: memory,
    highlighter: { uri: highlighter, nonce },
    createPlainBlock: createPlainCodeBlock,
    send,
    announce: (words) => speaker.announce(words),
  });
  const composer = new Composer({ form, strings, memory, send });
  const transcript = new Transcript({
    root,
    announcer: speaker,
    strings,
    memory,
    codeBlocks,
    send,
  });
  composer.onDidResize((height) => {
    transcript.composerHeight = height;
  });
  transcript.onDidChange(() =>
    composer.syncWithTranscript(
      transcript.prompts,
      transcript.streamingReplyId,
      transcript.isEmpty,
    ),
  );
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isToWebview(data)) return;
    composer.receive(data);
    transcript.receive(data);
  });
  send({ type: 'ready' });
}
