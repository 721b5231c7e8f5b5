/** The time between two writes in milliseconds: VS Code has echoed the first one by then. */
const writeIntervalMs = 100;
/** How long an older value is taken for an echo, in milliseconds; after that the user went back to it. */
const maxEchoMs = 2000;

/** A Source Control input box. It reports no changes, so its value is compared before each write. */
export interface InputBox {
  value: string;
}

/**
 * Writes a growing message into an input box until the user edits it. VS Code sends each value that
 * we write back a little later, so the box may briefly show an older one of ours: that is no edit.
 */
export class MessageBox {
  readonly #box: InputBox;
  readonly #onEdited: () => void;
  readonly #before: string;
  readonly #earlier = new Set<string>();
  #written: string;
  #pending: string | null = null;
  #isEdited = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #echoMs = 0;
  #onIdle: (() => void) | undefined;

  /** @param onEdited is called once, when the user has edited the box: it is theirs from then on */
  constructor(box: InputBox, onEdited: () => void) {
    this.#box = box;
    this.#onEdited = onEdited;
    this.#before = box.value;
    this.#written = box.value;
  }

  /** The last value written, or the one that was there before. */
  get written(): string {
    return this.#written;
  }

  /** @param text the whole message so far; an empty one restores what was there before */
  write(text: string): void {
    if (this.#isEdited) return;
    this.#pending = text === '' ? this.#before : text;
    if (this.#timer === undefined) this.#flush();
  }

  /** Resolves when the whole message is in the box, or the user has edited it. */
  async finish(text: string): Promise<void> {
    this.write(text);
    if (this.#pending === null) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
    });
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#pending === null) return;
    const { value } = this.#box;
    if (value === this.#written) {
      this.#echoMs = 0;
      this.#earlier.add(value);
      this.#written = this.#pending;
      this.#box.value = this.#pending;
      this.#endWriting();
      this.#schedule();
    } else if (this.#earlier.has(value) && this.#echoMs < maxEchoMs) {
      this.#echoMs += writeIntervalMs;
      this.#schedule();
    } else {
      this.#isEdited = true;
      this.#endWriting();
      this.#onEdited();
    }
  }

  #endWriting(): void {
    this.#pending = null;
    this.#onIdle?.();
  }

  #schedule(): void {
    this.#timer = setTimeout(() => this.#flush(), writeIntervalMs);
  }
}
