import { createPlainCodeBlock } from '../code/plain-code-block.ts';
import { DomReconciler } from './dom-reconciler.ts';
import type { InlineParser } from './inline-parser.ts';
import type { LinkDefinitions } from './link-definitions.ts';

/** Finished text that looked up labels which nothing defined. */
export interface LinkUse {
  readonly content: string;
  readonly labels: ReadonlySet<string>;
  /** What stands on the page for it, one behind the other. */
  nodes: readonly ChildNode[];
}

/** Finished text whose links depend on definitions that come later: it alone is parsed again. */
export class LinkUpdater {
  readonly #parser: InlineParser;
  readonly #definitions: LinkDefinitions;
  #uses: LinkUse[] = [];
  /** The definitions as they were when the uses were last shown. */
  #shown: ReadonlyMap<string, string> = new Map();

  constructor(parser: InlineParser, references: LinkDefinitions) {
    this.#parser = parser;
    this.#definitions = references;
  }

  add(use: LinkUse): void {
    this.#uses.push(use);
  }

  /**
   * Shows each use as it reads with the definitions of now.
   * @param onReplaced tells which node stands for which
   */
  update(onReplaced: (old: ChildNode, now: ChildNode | null) => void): void {
    const now = this.#definitions.snapshot;
    const before = this.#shown;
    const changed = new Set(
      [...before.keys(), ...now.keys()].filter((label) => before.get(label) !== now.get(label)),
    );
    this.#shown = now;
    if (changed.size === 0) return;
    this.#uses = this.#uses.map((use) => {
      if (![...use.labels].some((label) => changed.has(label))) return use;
      const { views, labels } = this.#parser.parse(use.content);
      const made = document.createElement('div');
      new DomReconciler(made, createPlainCodeBlock).reconcile(views);
      const nodes = [...made.childNodes];
      use.nodes[0]?.before(...nodes);
      for (const node of use.nodes) {
        onReplaced(node, nodes.at(-1) ?? null);
        node.remove();
      }
      return { content: use.content, labels, nodes };
    });
  }
}
