import { type FromWebview, isPanelStrings, isToWebview } from '../core/protocol.ts';
import { Transcript } from './transcript.ts';

const api = acquireVsCodeApi();
const root = document.getElementById('transcript');
const announcer = document.getElementById('announcer');
const { conversationId } = document.body.dataset;
const strings: unknown = JSON.parse(document.body.dataset['strings'] ?? 'null');

if (root !== null && announcer !== null && isPanelStrings(strings)) {
  const send = (message: FromWebview): void => api.postMessage(message);
  const transcript = new Transcript(root, announcer, strings, send);
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isToWebview(data)) transcript.receive(data);
  });
  // VS Code hands it back when the window is loaded again.
  api.setState({ conversationId });
  send({ type: 'ready' });
}
