/** A code block on the page: its text grows at its end until it is closed, once. */
export interface CodeBlock {
  readonly element: HTMLElement;
  append(text: string): void;
  /** No more text comes. */
  close(): void;
}

/** @param language the first word behind the fence; empty where there is none */
export type MakeCodeBlock = (language: string) => CodeBlock;
