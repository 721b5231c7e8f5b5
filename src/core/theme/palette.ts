import { type Guard, type Guarded, isListOf, isNullOr, isObject, isOneOf } from '../guard.ts';
import { compareSpecificity, matches } from './scope-selector.ts';
import { scopesOf, type TokenKind, tokenKinds } from './token-kind.ts';
import { readColour, type TokenRule } from './token-rule.ts';

const isColour: Guard<string> = (value): value is string => readColour(value) === value;

/** The colours of code. A kind without one looks like plain text. */
export const isPalette = isListOf(
  isObject({ kind: isOneOf(tokenKinds), colour: isNullOr(isColour) }),
);
export type Palette = Guarded<typeof isPalette>;

/** @param rules in the order in which they were given: of two alike the later one counts */
export function resolvePalette(rules: readonly TokenRule[]): Palette {
  return tokenKinds.map((kind) => ({ kind, colour: colourOf(kind, rules) }));
}

function colourOf(kind: TokenKind, rules: readonly TokenRule[]): string | null {
  for (const stack of scopesOf[kind]) {
    const scopes = stack.split(' ');
    // A scope without a colour of its own has that of the scope around it.
    for (let depth = scopes.length; depth > 0; depth--) {
      const found = bestRule(scopes.slice(0, depth), rules);
      if (found !== null) return found.colour;
    }
  }
  return null;
}

function bestRule(scopes: readonly string[], rules: readonly TokenRule[]): TokenRule | null {
  const innermost = scopes.at(-1) ?? '';
  const outer = scopes.slice(0, -1);
  let best: TokenRule | null = null;
  for (const rule of rules) {
    if (!matches(rule.selector, innermost, outer)) continue;
    if (best === null || compareSpecificity(rule.selector, best.selector) >= 0) best = rule;
  }
  return best;
}
