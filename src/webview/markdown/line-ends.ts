/**
 * Makes of the arriving text what the parser would make of the whole: every line end a line feed,
 * no NUL. Offsets into it then mean the same before and after. A carriage return at the end waits
 * for what follows.
 */
export class LineEnds {
  #heldReturn = false;

  push(text: string): string {
    const whole = this.#heldReturn ? `\r${text}` : text;
    this.#heldReturn = whole.endsWith('\r');
    const ready = this.#heldReturn ? whole.slice(0, -1) : whole;
    return ready.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  }

  /** What waits, as it counts if nothing follows. */
  get held(): string {
    return this.#heldReturn ? '\n' : '';
  }
}
