/**
 * Where journals are kept, each under the name of its conversation: letters, digits, `-` and `_`.
 */
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
  /**
   * A reply has ended, a good moment for housekeeping. Never rejects: what fails stays as it is.
   */
  tidy(name: string): Promise<void>;
  /**
   * Puts another text in the place of all that was appended. What is appended meanwhile, here or in
   * another window, stays, behind it; what another window tidies meanwhile may be there twice.
   * @param leastFiles nothing is read or done where it is in fewer files
   */
  rewrite(name: string, change: (text: string) => string, leastFiles?: number): Promise<void>;
  /** Takes a journal out of the list but keeps its files, under the name that it gives. */
  setAside(name: string): Promise<string>;
  /** Deletes every journal, also those that were set aside. */
  clear(): Promise<void>;
}
