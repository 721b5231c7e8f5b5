/** Where journals are kept, each under the name of its conversation: letters, digits, `-` and `_`. */
export interface JournalStorage {
  /**
   * Resolves when the text is on the disk. Where it rejects, a part of the text may be there: the
   * caller makes the append again, whole.
   */
  append(name: string, text: string): Promise<void>;
  /** All that was appended, or null where there is no such journal. */
  read(name: string): Promise<string | null>;
  list(): Promise<readonly string[]>;
  delete(name: string): Promise<void>;
  /** A reply has ended, a good moment for housekeeping. Never rejects: what fails stays as it is. */
  tidy(name: string): Promise<void>;
}
