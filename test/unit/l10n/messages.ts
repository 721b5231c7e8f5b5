import {
  type CallExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isObjectBindingPattern,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteral,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
} from 'typescript/unstable/ast';
import { placeholdersOf } from './placeholders.ts';
import { placeOf, walk } from './source-files.ts';

export interface Messages {
  /** The keys of the bundles, sorted. */
  readonly texts: readonly string[];
  /** Uses of the translator that can't be followed or don't fit, each with its place. */
  readonly problems: readonly string[];
}

/** What the code asks the translator for: the first argument of every `l10n.t(…)`. */
export function messagesOf(files: readonly SourceFile[]): Messages {
  const texts = new Set<string>();
  const problems: string[] = [];
  for (const file of files) {
    walk(file, (node) => {
      const text = isTranslation(node) ? textOf(node) : null;
      if (text !== null) texts.add(text);
      const problem = problemOf(node);
      if (problem !== null) problems.push(`${placeOf(node)}: ${problem}`);
    });
  }
  return { texts: [...texts].sort(), problems };
}

/** Whether it is `l10n.t(…)`, `vscode.l10n.t(…)`, `this.#l10n.t(…)`. */
export function isTranslation(node: Node): node is CallExpression {
  if (!isCallExpression(node)) return false;
  const callee = node.expression;
  return isNamedT(callee) && isTranslator(callee.expression);
}

/** Null where it isn't written there. */
function textOf({ arguments: [first] }: CallExpression): string | null {
  const isWritten =
    first !== undefined && (isStringLiteral(first) || isNoSubstitutionTemplateLiteral(first));
  return isWritten ? first.text : null;
}

function problemOf(node: Node): string | null {
  const isBare =
    isCallExpression(node) && isIdentifier(node.expression) && node.expression.text === 't';
  if (isBare || isTakenOut(node)) return 'only calls of l10n.t itself are found';
  if (isCallExpression(node) && isNamedT(node.expression)) {
    return isTranslation(node)
      ? problemOfCall(node)
      : 'a translator must be called l10n, so that its messages are found';
  }
  const isAlias =
    (isNamedT(node) && isTranslator(node.expression) && !isCallee(node)) ||
    (isElementAccessExpression(node) && isTranslator(node.expression));
  return isAlias ? 'only calls of l10n.t itself are found' : null;
}

function problemOfCall(call: CallExpression): string | null {
  const text = textOf(call);
  if (text === null) return 'the message must be a literal';
  const raw = call.arguments.slice(1).find(isIdentifierOfOurs);
  if (raw !== undefined) return `${raw.getText()} is no word in any language`;
  const places = placeholdersOf(text);
  const given = call.arguments.slice(1);
  // Without any they are filled in later, by the webview. How many a spread is, nobody says here.
  if (given.length === 0 || given.some(isSpreadElement)) return null;
  return new Set(places).size === given.length
    ? null
    : `${places.length} placeholders, but ${given.length} values: ${text}`;
}

/** `outcome.kind` and the like: one of a few words that the code knows things by. */
function isIdentifierOfOurs(node: Node): boolean {
  return (
    isPropertyAccessExpression(node) && /^(?:kind|type|mode|phase|lifecycle)$/.test(node.name.text)
  );
}

function isNamedT(node: Node): node is PropertyAccessExpression {
  return isPropertyAccessExpression(node) && node.name.text === 't';
}

/** `const { t } = …`, `({ t }: L10n) => …`: under whichever name, its messages aren't found. */
function isTakenOut(node: Node): boolean {
  if (!isBindingElement(node) || !isObjectBindingPattern(node.parent)) return false;
  const name = node.propertyName ?? node.name;
  return name !== undefined && isIdentifier(name) && name.text === 't';
}

function isTranslator(node: Node): boolean {
  const name = isPropertyAccessExpression(node) ? node.name : node;
  if (isIdentifier(name)) return name.text === 'l10n';
  return isPrivateIdentifier(name) && name.text === '#l10n';
}

function isCallee(node: Node): boolean {
  return isCallExpression(node.parent) && node.parent.expression === node;
}
