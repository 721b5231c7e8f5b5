import { type FromWebview, isPanelStrings, isToWebview } from '../core/protocol.ts';
import { PanelMemory } from './panel-memory.ts';
import { Transcript } from './transcript.ts';

const api = acquireVsCodeApi();
const root = document.getElementById('transcript');
const announcer = document.getElementById('announcer');
const { conversationId } = document.body.dataset;
const strings: unknown = JSON.parse(document.body.dataset['strings'] ?? 'null');

if (
  root !== null &&
  announcer !== null &&
  conversationId !== undefined &&
  isPanelStrings(strings)
) {
  const send = (message: FromWebview): void => api.postMessage(message);
  const memory = new PanelMemory(api, conversationId);
  const transcript = new Transcript({ root, announcer, strings, memory, send });
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isToWebview(data)) transcript.receive(data);
  });
  send({ type: 'ready' });
}
