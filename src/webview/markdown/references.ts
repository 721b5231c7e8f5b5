import type { Env } from 'markdown-it';

type Definitions = NonNullable<Env['references']>;

/**
 * Link reference definitions. Those in finished blocks stay; those in the open tail are found anew
 * by each parse. It also notes which labels were looked up, since a definition may come after the
 * text that uses it.
 */
export class References {
  readonly #kept: Definitions = Object.create(null);
  #open: Definitions = Object.create(null);
  #looked = new Set<string>();
  #keptCount = 0;
  /** For the parser: it reads and writes definitions here. */
  readonly environment: Env;

  constructor() {
    const references = new Proxy<Definitions>(this.#kept, {
      get: (_, label) => (typeof label === 'string' ? this.#find(label) : undefined),
      set: (_, label, definition) => {
        if (typeof label === 'string') this.#open[label] = definition;
        return true;
      },
    });
    this.environment = { references };
  }

  /** Call it before each parse of the tail. */
  forgetOpen(): void {
    this.#open = Object.create(null);
  }

  /** A definition in the tail is final. */
  keep(label: string): void {
    const found = this.#open[label];
    if (found === undefined || this.#kept[label] !== undefined) return;
    this.#kept[label] = found;
    this.#keptCount++;
  }

  get keptCount(): number {
    return this.#keptCount;
  }

  /** Every definition, as text that can be compared. */
  get all(): ReadonlyMap<string, string> {
    return new Map(
      Object.entries({ ...this.#open, ...this.#kept }).map(([label, definition]) => [
        label,
        JSON.stringify(definition),
      ]),
    );
  }

  /** The labels that `parse` asked for. */
  watch(parse: () => void): ReadonlySet<string> {
    this.#looked = new Set();
    parse();
    return this.#looked;
  }

  #find(label: string): Definitions[string] | undefined {
    this.#looked.add(label);
    return this.#kept[label] ?? this.#open[label];
  }
}
