import { mostImageBytes } from '../../core/prompt/image.ts';
import type { FromWebview } from '../../core/protocol.ts';

/** A picture that is pasted into the box goes with the question; text is pasted as ever. */
export function takePastedImages(
  box: HTMLTextAreaElement,
  send: (message: FromWebview) => void,
): void {
  box.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const image = files.find(({ type }) => type.startsWith('image/'));
    if (image === undefined) return;
    event.preventDefault();
    // One that is too large is told without its bytes.
    if (image.size > mostImageBytes) send({ type: 'paste-image', data: '' });
    else readBase64(image, (data) => send({ type: 'paste-image', data }));
  });
}

function readBase64(file: File, take: (data: string) => void): void {
  const reader = new FileReader();
  const finish = (): void => {
    const url = typeof reader.result === 'string' ? reader.result : '';
    take(url.slice(url.indexOf(',') + 1));
  };
  reader.addEventListener('load', finish);
  reader.addEventListener('error', finish);
  reader.readAsDataURL(file);
}
