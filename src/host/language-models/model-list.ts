import type { Claude } from '../../core/claude/claude.ts';
import type { Result } from '../../core/claude/failure.ts';
import type { Model } from '../../core/claude/model.ts';

/** How long a list is taken for true, in milliseconds: VS Code asks often, models come seldom. */
const freshMs = 60 * 60 * 1000;

type Listed = Result<readonly Model[]>;

/** The models that the key may use, as the API lists them; asked for once an hour at most. */
export class ModelList {
  /** Null where there is no key. */
  readonly #connect: () => Promise<Claude | null>;
  readonly #now: () => number;
  #known: { readonly listed: Listed; readonly at: number } | null = null;
  /** Counts up with each `forget`: what was asked for before isn't kept. */
  #generation = 0;

  constructor(connect: () => Promise<Claude | null>, now = () => Date.now()) {
    this.#connect = connect;
    this.#now = now;
  }

  /** Null where there is no key. A failure isn't kept. */
  async models(signal: AbortSignal): Promise<Listed | null> {
    const generation = this.#generation;
    const claude = await this.#connect();
    if (claude === null) return null;
    const known = this.#known;
    if (known !== null && this.#now() - known.at < freshMs) return known.listed;
    const listed = await claude.listModels(signal);
    if (listed.ok && generation === this.#generation) {
      this.#known = { listed, at: this.#now() };
    }
    return listed;
  }

  forget(): void {
    this.#known = null;
    this.#generation++;
  }
}
