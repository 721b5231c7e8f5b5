/**
 * Finds the JSON objects in a text that comes in pieces, whatever stands between them: line ends,
 * commas and brackets of an array, or a framing that was lost. Each character is looked at once.
 */
export class JsonObjects {
  /** The object that isn't complete yet. */
  #open = '';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** Whether an object has begun and not ended. */
  get isIncomplete(): boolean {
    return this.#depth > 0;
  }

  /** The objects that this piece completes, as text; they may still not be valid JSON. */
  push(piece: string): readonly string[] {
    const complete: string[] = [];
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const character = piece[at];
      if (this.#depth === 0) {
        if (character !== '{') continue;
        from = at;
        this.#depth = 1;
      } else if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (character === '\\') this.#isEscaped = true;
        else if (character === '"') this.#isInString = false;
      } else if (character === '"') this.#isInString = true;
      else if (character === '{') this.#depth++;
      else if (character === '}' && --this.#depth === 0) {
        complete.push(this.#open + piece.slice(from, at + 1));
        this.#open = '';
      }
    }
    if (this.#depth > 0) this.#open += piece.slice(from);
    return complete;
  }
}

/** The value of a JSON text; undefined, which no JSON is, where it isn't valid. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Every JSON object in a text that as a whole is no JSON. */
export function jsonObjectsIn(text: string): readonly object[] {
  return new JsonObjects().push(text).flatMap((found) => {
    const value = parseJson(found);
    return typeof value === 'object' && value !== null ? [value] : [];
  });
}
