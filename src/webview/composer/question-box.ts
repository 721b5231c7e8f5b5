import { maxImageBytes } from '../../core/prompt/attachment.ts';
import type { FromWebview } from '../../core/protocol/from-webview.ts';

/** A text box in which Enter sends and Shift+Enter breaks the line, also while an IME composes. */
export function createQuestionBox(
  label: string,
  onSend: (text: string) => void,
): HTMLTextAreaElement {
  const box = document.createElement('textarea');
  box.rows = 1;
  box.dir = 'auto';
  box.setAttribute('aria-label', label);
  box.addEventListener('keydown', (event) => {
    // Enter takes what the IME offers; in some of them it comes after composing, as key code 229.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
    event.preventDefault();
    if (box.value.trim() !== '') onSend(box.value);
  });
  return box;
}

/** A picture that is pasted into the box goes with the question; text is pasted as ever. */
export function handlePastedImages(
  box: HTMLTextAreaElement,
  send: (message: FromWebview) => void,
): void {
  box.addEventListener('paste', (event) => {
    if (sendImage(event.clipboardData, send)) event.preventDefault();
  });
}

/** Whether there is an image in what was pasted or dropped: it goes with the question. */
export function sendImage(
  data: DataTransfer | null,
  send: (message: FromWebview) => void,
): boolean {
  const image = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
  if (image === undefined) return false;
  // One that is too large is told without its bytes.
  if (image.size > maxImageBytes) send({ type: 'paste-image', data: '' });
  else readBase64(image, (base64) => send({ type: 'paste-image', data: base64 }));
  return true;
}

function readBase64(file: File, onData: (data: string) => void): void {
  const reader = new FileReader();
  const finish = (): void => {
    const url = typeof reader.result === 'string' ? reader.result : '';
    onData(url.slice(url.indexOf(',') + 1));
  };
  reader.addEventListener('load', finish);
  reader.addEventListener('error', finish);
  reader.readAsDataURL(file);
}

/**
 * Goes through earlier questions as a shell does: up for older ones, down back to what was typed.
 */
export class PromptHistory {
  #prompts: readonly string[] = [];
  /** How far back; 0 is what was typed. */
  #stepsBack = 0;
  #draft = '';

  /** @param prompts oldest first */
  set prompts(prompts: readonly string[]) {
    this.#prompts = prompts;
  }

  /** Null where there is none older. */
  older(current: string): string | null {
    const prompt = this.#prompts.at(-1 - this.#stepsBack);
    if (prompt === undefined) return null;
    if (this.#stepsBack === 0) this.#draft = current;
    this.#stepsBack++;
    return prompt;
  }

  /** Null where what was typed is shown already. */
  newer(): string | null {
    if (this.#stepsBack === 0) return null;
    this.#stepsBack--;
    return this.#stepsBack === 0 ? this.#draft : (this.#prompts.at(-this.#stepsBack) ?? null);
  }

  /** What is shown is typed anew. */
  reset(): void {
    this.#stepsBack = 0;
  }
}
