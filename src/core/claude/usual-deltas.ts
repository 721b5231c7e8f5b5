const encoder = new TextEncoder();

const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;
/** Characters of an event whose form is worth learning. */
const maxLearned = 4096;
/** What may follow a backslash in JSON; `\u` is left to a parser. */
const escapes: ReadonlySet<number> = new Set(encoder.encode('"\\/bfnrt'));

/**
 * Recognises chunks that hold nothing but deltas of text in the form that was seen last: they need
 * no parsing. Looks at bytes, because a decoder or a parser costs more than the rest of the check.
 */
export class UsualDeltas {
  /** Everything up to the text, and from its end on, as one delta had it. */
  #before: Uint8Array | null = null;
  #after: Uint8Array = new Uint8Array();

  /** Nothing is usual until the next `learn`. */
  forget(): void {
    this.#before = null;
  }

  /**
   * Remembers the form of a delta of text.
   * @param source one whole event as it came, which was passed on unchanged
   */
  learn(source: string): void {
    if (this.#before !== null || source.length > maxLearned) return;
    const found = /"text"\s*:\s*"((?:[^"\\]|\\.)*)"[\s}]*$/.exec(source);
    const text = found?.[1];
    if (found === null || text === undefined) return;
    const from = found.index + found[0].indexOf('"', '"text"'.length) + 1;
    const before = source.slice(0, from);
    // One line of data: two would let another field of the same name stand behind this one.
    if (!/^event: ?content_block_delta\r?\ndata: ?\{[^\r\n]*$/.test(before)) return;
    if (!/^"[}\s]*\n$/.test(source.slice(from + text.length))) return;
    this.#before = encoder.encode(before);
    this.#after = encoder.encode(source.slice(from + text.length));
  }

  /** Whether the chunk, which begins between two events, is whole and usual deltas only. */
  has(chunk: Uint8Array): boolean {
    const before = this.#before;
    if (before === null || chunk.length === 0) return false;
    let at = 0;
    while (at < chunk.length) {
      for (let i = 0; i < before.length; i++) if (chunk[at + i] !== before[i]) return false;
      at += before.length;
      for (;;) {
        const byte = chunk[at];
        if (byte === quote) break;
        if (byte === undefined || byte < firstPrintable) return false;
        if (byte === backslash && !escapes.has(chunk[++at] ?? 0)) return false;
        at++;
      }
      const after = this.#after;
      for (let i = 0; i < after.length; i++) if (chunk[at + i] !== after[i]) return false;
      at += after.length;
    }
    return true;
  }
}
