import {
  JournalDeletedError,
  type JournalStorage,
} from '../../src/host/storage/journal-storage.ts';

/** Journals in memory, on a disk that can be full, slow, or gone in the middle of a write. */
export class MemoryStorage implements JournalStorage {
  /** Every append fails, and leaves nothing behind. */
  full = false;
  /** The next append fails after so many bytes; they stay. */
  tearAfter: number | null = null;
  /** How long an append takes. */
  delay: () => Promise<void> = () => Promise.resolve();
  bytesWritten = 0;
  tries = 0;
  mostInFlight = 0;
  readonly tidied: string[] = [];
  readonly #journals = new Map<string, Uint8Array[]>();
  readonly #buried = new Set<string>();
  #inFlight = 0;

  async append(name: string, text: string): Promise<void> {
    this.tries++;
    this.#inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    try {
      await this.delay();
      if (this.#buried.has(name)) throw new JournalDeletedError(`The journal ${name} was deleted`);
      if (this.full) throw new Error('ENOSPC: no space left on device');
      const bytes = new TextEncoder().encode(text);
      const torn = this.tearAfter;
      this.tearAfter = null;
      this.#keep(name, torn === null ? bytes : bytes.slice(0, torn));
      if (torn !== null) throw new Error('EIO: i/o error');
    } finally {
      this.#inFlight--;
    }
  }

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.text(name));
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.#journals.keys()]);
  }

  delete(name: string): Promise<void> {
    this.#journals.delete(name);
    return Promise.resolve();
  }

  bury(name: string): Promise<void> {
    this.#buried.add(name);
    return this.delete(name);
  }

  async buryAll(): Promise<void> {
    for (const name of this.#journals.keys()) await this.bury(name);
  }

  tidy(name: string): Promise<void> {
    this.tidied.push(name);
    return Promise.resolve();
  }

  rewrite(name: string, change: (text: string) => string, leastFiles = 1): Promise<void> {
    const text = this.text(name);
    const parts = this.#journals.get(name)?.length ?? 0;
    if (text !== null && parts >= leastFiles) {
      this.#journals.set(name, [new TextEncoder().encode(change(text))]);
    }
    return Promise.resolve();
  }

  setAside(name: string): Promise<string> {
    this.#journals.delete(name);
    return Promise.resolve(`${name}.damaged`);
  }

  clear(): Promise<void> {
    this.#journals.clear();
    return Promise.resolve();
  }

  /** What a reader would find now. */
  text(name: string): string | null {
    const bytes = this.bytes(name);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }

  bytes(name: string): Uint8Array | null {
    const parts = this.#journals.get(name);
    return parts === undefined ? null : Uint8Array.from(Buffer.concat(parts));
  }

  #keep(name: string, bytes: Uint8Array): void {
    const parts = this.#journals.get(name) ?? [];
    this.#journals.set(name, parts);
    parts.push(bytes);
    this.bytesWritten += bytes.length;
  }
}
