/**
 * Goes through earlier questions as a shell does: up for older ones, down back to what was typed.
 */
export class Recall {
  #prompts: readonly string[] = [];
  /** How far back; 0 is what was typed. */
  #back = 0;
  #typed = '';

  /** @param prompts oldest first */
  set prompts(prompts: readonly string[]) {
    this.#prompts = prompts;
  }

  /** Null where there is none older. */
  older(current: string): string | null {
    const prompt = this.#prompts.at(-1 - this.#back);
    if (prompt === undefined) return null;
    if (this.#back === 0) this.#typed = current;
    this.#back++;
    return prompt;
  }

  /** Null where what was typed is shown already. */
  newer(): string | null {
    if (this.#back === 0) return null;
    this.#back--;
    return this.#back === 0 ? this.#typed : (this.#prompts.at(-this.#back) ?? null);
  }

  /** What is shown is typed anew. */
  forget(): void {
    this.#back = 0;
  }
}
