/**
 * Prints what several stages say at the same time, each in one piece: the oldest as it comes, the others
 * once it is their turn.
 */
export class Pieces {
  readonly #open: Piece[] = [];

  begin(): Piece {
    const piece = new Piece(() => this.#print());
    this.#open.push(piece);
    return piece;
  }

  #print(): void {
    for (let [first] = this.#open; first !== undefined; [first] = this.#open) {
      for (const line of first.lines.splice(0)) console.log(line);
      if (!first.isDone) return;
      this.#open.shift();
    }
  }
}

export class Piece {
  readonly lines: string[] = [];
  isDone = false;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  say(line: string): void {
    this.lines.push(line);
    this.#onChange();
  }

  end(): void {
    this.isDone = true;
    this.#onChange();
  }
}
