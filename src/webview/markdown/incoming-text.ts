/**
 * Makes of the arriving text what the parser would make of the whole: every line end a line feed,
 * no NUL. Offsets into it then mean the same before and after. A carriage return at the end waits
 * for what follows.
 */
export class LineEndNormalizer {
  #heldReturn = false;

  normalize(text: string): string {
    const whole = this.#heldReturn ? `\r${text}` : text;
    this.#heldReturn = whole.endsWith('\r');
    const ready = this.#heldReturn ? whole.slice(0, -1) : whole;
    return ready.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  }

  /** What waits, as it counts if nothing follows. */
  get pending(): string {
    return this.#heldReturn ? '\n' : '';
  }
}

/**
 * What of the arriving text is shown already. A line that could still be anything waits until it
 * says what it is; marks that are half there are completed or left away. All of it concerns the
 * last line alone and ends with the text.
 */

/**
 * Nothing but marks, a number or a label: a rule, a list, a heading, a fence, a table's second
 * line.
 */
const undecidedPattern = /^(?:[-*_+=#`~|:.>!<&\\[\]\s]*|\d{1,9}[.)]?\s*|\[[^\]]{0,99}\]?\s*)$/;
/** A fence's first line counts when it is whole. */
const fencePattern = /^(?:```|~~~)/;
/** A link reference definition isn't shown at all. */
const definitionPattern = /^\[[^\]]+\]:/;

/** The text without its last line where that can't be shown yet. */
export function holdBackUndecidedLine(text: string, isInCode: boolean): string {
  const from = text.lastIndexOf('\n') + 1;
  const line = text.slice(from);
  if (line === '') return text;
  if (isInCode) return /^[\s>]*(?:`+|~+)?\s*$/.test(line) ? text.slice(0, from) : text;
  const body = line.replace(/^(?:\s|>|[-*+]\s|\d{1,9}[.)]\s)*/, '');
  const isUndecided =
    body === '' ||
    undecidedPattern.test(body) ||
    undecidedPattern.test(line.trimStart()) ||
    fencePattern.test(body) ||
    definitionPattern.test(body);
  return isUndecided ? text.slice(0, from) : text;
}

/** Lines that may yet be a table's head or a definition: they wait for the line below. */
export function holdBackTableHeadOrDefinition(content: string): string {
  if (/^\[[^\]]+\]:\s*\S*$/.test(content)) return '';
  const from = content.lastIndexOf('\n') + 1;
  return content.startsWith('|', from) ? content.slice(0, Math.max(0, from - 1)) : content;
}
