import {
  type FromUsageView,
  isUsageState,
  isUsageStrings,
} from '../../core/usage/usage-protocol.ts';
import { UsagePage } from './usage-page.ts';

const api = acquireVsCodeApi();
const root = document.getElementById('usage');
const strings: unknown = JSON.parse(document.body.dataset['strings'] ?? 'null');

if (root !== null && isUsageStrings(strings)) {
  const send = (message: FromUsageView): void => api.postMessage(message);
  const page = new UsagePage(root, strings, send, {
    saved: api.getState(),
    save: (state) => api.setState(state),
  });
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isUsageState(data)) page.show(data);
  });
  send({ type: 'ready' });
}
