/**
 * TextMate's scope selectors as VS Code's themes use them: words with dots, each matching a scope
 * that is the same or more particular, the last word the innermost scope, words before it scopes
 * somewhere around it (`>`: right around it).
 */
export interface ScopeSelector {
  readonly scope: string;
  /** Innermost first, with `>` where the next one has to be right around. */
  readonly around: readonly string[];
}

export function parseSelector(text: string): ScopeSelector {
  const words = text.trim().split(/\s+/).reverse();
  return { scope: words[0] ?? '', around: words.slice(1) };
}

/** Whether a selector matches a scope that stands in others, given outermost first. */
export function matches(
  { scope, around }: ScopeSelector,
  innermost: string,
  outer: readonly string[],
): boolean {
  if (!covers(scope, innermost)) return false;
  let left = outer.length;
  let isChild = false;
  for (const word of around) {
    if (word === '>') {
      isChild = true;
      continue;
    }
    left--;
    while (!isChild && left >= 0 && !covers(word, outer[left] ?? '')) left--;
    const found = outer[left];
    if (found === undefined || !covers(word, found)) return false;
    isChild = false;
  }
  return true;
}

/** Negative where `a` is less particular than `b`. Selectors that match the same scope. */
export function compareSpecificity(a: ScopeSelector, b: ScopeSelector): number {
  const byScope = a.scope.length - b.scope.length;
  if (byScope !== 0) return byScope;
  const ofA = a.around.filter((word) => word !== '>');
  const ofB = b.around.filter((word) => word !== '>');
  for (const [index, word] of ofA.entries()) {
    const byWord = word.length - (ofB[index]?.length ?? 0);
    if (byWord !== 0) return byWord;
  }
  return ofA.length - ofB.length;
}

function covers(word: string, scope: string): boolean {
  return scope === word || scope.startsWith(`${word}.`);
}
