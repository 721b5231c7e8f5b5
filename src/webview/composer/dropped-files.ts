import type { FromWebview } from '../../core/protocol/from-webview.ts';
import { sendImage } from './question-box.ts';

/** What VS Code's Explorer and tabs are dragged with, and then what other programs use. */
const uriLists = ['application/vnd.code.uri-list', 'text/uri-list'] as const;

/**
 * Attaches the files of VS Code, or the image from elsewhere, that are dropped on the element. VS Code keeps what is dragged from webviews
 * unless Shift is held.
 */
export function handleDroppedFiles(
  element: HTMLElement,
  send: (message: FromWebview) => void,
): void {
  const mark = (isOver: boolean): void => void element.classList.toggle('drop-target', isOver);
  element.addEventListener('dragover', (event) => {
    const { dataTransfer } = event;
    if (dataTransfer === null) return;
    if (![...uriLists, 'Files'].some((type) => dataTransfer.types.includes(type))) return;
    event.preventDefault();
    dataTransfer.dropEffect = 'copy';
    mark(true);
  });
  element.addEventListener('dragleave', () => mark(false));
  element.addEventListener('drop', (event) => {
    mark(false);
    const uris = readUris(event.dataTransfer);
    if (uris.length > 0) send({ type: 'drop-files', uris });
    else if (!sendImage(event.dataTransfer, send)) return;
    event.preventDefault();
  });
}

/**
 * Links to pages aren't files.
 * @see https://www.rfc-editor.org/rfc/rfc2483#section-5
 */
function readUris(dropped: DataTransfer | null): readonly string[] {
  const list = uriLists.map((type) => dropped?.getData(type)).find((text) => text) ?? '';
  return list.split(/\r?\n/).filter((line) => line !== '' && !/^(?:#|https?:)/i.test(line));
}
