import type { Env } from 'markdown-it';

type Definitions = NonNullable<Env['references']>;

/**
 * Link reference definitions. Those in finished blocks stay; those in the open tail are found anew
 * by each parse. It also notes which labels were looked up, since a definition may come after the
 * text that uses it.
 */
export class LinkDefinitions {
  readonly #committed: Definitions = Object.create(null);
  #open: Definitions = Object.create(null);
  #lookedUp = new Set<string>();
  #committedCount = 0;
  /** For the parser: it reads and writes definitions here. */
  readonly environment: Env;

  constructor() {
    const references = new Proxy<Definitions>(this.#committed, {
      get: (_, label) => (typeof label === 'string' ? this.#find(label) : undefined),
      set: (_, label, definition) => {
        if (typeof label === 'string') this.#open[label] = definition;
        return true;
      },
    });
    this.environment = { references };
  }

  /** Call it before each parse of the tail. */
  clearOpen(): void {
    this.#open = Object.create(null);
  }

  /** A definition in the tail is final. */
  commit(label: string): void {
    const found = this.#open[label];
    if (found === undefined || this.#committed[label] !== undefined) return;
    this.#committed[label] = found;
    this.#committedCount++;
  }

  get committedCount(): number {
    return this.#committedCount;
  }

  /** Every definition, as text that can be compared. */
  get snapshot(): ReadonlyMap<string, string> {
    return new Map(
      Object.entries({ ...this.#open, ...this.#committed }).map(([label, definition]) => [
        label,
        JSON.stringify(definition),
      ]),
    );
  }

  /** The labels that `parse` asked for. */
  recordLookups(parse: () => void): ReadonlySet<string> {
    this.#lookedUp = new Set();
    parse();
    return this.#lookedUp;
  }

  #find(label: string): Definitions[string] | undefined {
    this.#lookedUp.add(label);
    return this.#committed[label] ?? this.#open[label];
  }
}
