import {
  isArrayLiteralExpression,
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isConditionalExpression,
  isIdentifier,
  isLiteralTypeNode,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isStringLiteral,
  isTemplateExpression,
  isTemplateHead,
  isTemplateMiddleOrTemplateTail,
  isTemplateSpan,
  isVariableDeclaration,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import { isTranslation } from './messages.ts';
import { type Parameters, parametersIn } from './parameters.ts';
import { placeOf, walk } from './source-files.ts';
import { hasWord } from './words.ts';

/** Functions that show what they are given, with the place of the argument, or all of them. */
const showing: Readonly<Record<string, number | 'all'>> = {
  showInformationMessage: 'all',
  showWarningMessage: 'all',
  showErrorMessage: 'all',
  showFailure: 'all',
  setStatusBarMessage: 0,
  createWebviewPanel: 1,
  createOutputChannel: 0,
  appendMarkdown: 0,
  appendText: 0,
  MarkdownString: 0,
  createTextNode: 0,
  append: 'all',
  prepend: 'all',
  replaceChildren: 'all',
  // Of our own webviews.
  make: 2,
  button: 1,
  iconButton: 1,
  showIcon: 2,
  say: 0,
};

/** Properties that are shown, of whatever object; and variables and parameters of that name. */
const shown: ReadonlySet<string> = new Set([
  ...['title', 'label', 'placeholder', 'placeHolder', 'prompt', 'tooltip', 'detail', 'description'],
  ...['message', 'validationMessage', 'ariaLabel', 'textContent', 'innerText', 'alt'],
  ...['openLabel', 'saveLabel', 'sentence', 'warning', 'summary'],
]);

const shownAttributes = /^(?:aria-label|aria-description|title|placeholder|alt)$/;

/** What the model reads, in English whatever the user speaks. */
const saidToTheModel = /\/src\/core\/prompt\//;

/**
 * English that may be seen without having been translated: whatever stands in a place that is shown,
 * and a sentence in any other, but for what only developers or the model read. And texts that are put
 * together as English has it: in its quotation marks, or of translations with something between them.
 */
export function untranslatedIn(files: readonly SourceFile[]): readonly string[] {
  const found: string[] = [];
  for (const file of files) {
    const parameters = parametersIn(file);
    const mayBeShown = !saidToTheModel.test(file.fileName);
    walk(file, (node) => {
      if (!isText(node)) return;
      const use = useOf(node, parameters);
      const isSentence = mayBeShown && readsAsSentence(node.text);
      const isWord = use === 'shown' ? hasWord(node.text) : use === 'open' && isSentence;
      if (isWord || (use !== 'hidden' && isQuoting(node))) {
        found.push(`${placeOf(node)}: ${node.text}`);
      } else if (use !== 'hidden' && joinsTranslations(node)) {
        // A blank alone says nothing.
        found.push(`${placeOf(node)}: ${node.parent.parent.getText()}`);
      }
    });
  }
  return found;
}

/** A quotation mark beside what is filled in: every language has its own. */
function isQuoting(text: Node & { readonly text: string }): boolean {
  const { parent } = text;
  if (isTemplateHead(text)) return text.text.endsWith('“');
  return (
    isTemplateMiddleOrTemplateTail(text) && isTemplateSpan(parent) && text.text.startsWith('”')
  );
}

/** A blank or a colon between two things of which one is a translation: not every language has it. */
function joinsTranslations(text: Node & { readonly text: string }): boolean {
  const span = text.parent;
  if (!isTemplateMiddleOrTemplateTail(text) || !isTemplateSpan(span)) return false;
  if (!/^(?:: | )$/.test(text.text)) return false;
  const { parent: template } = span;
  if (!isTemplateExpression(template)) return false;
  const next = template.templateSpans[template.templateSpans.indexOf(span) + 1];
  return [span, next].some((each) => each !== undefined && isTranslated(each.expression));
}

/** What the translator says, or a function that is given it. */
function isTranslated(node: Node): boolean {
  if (!isCallExpression(node)) return false;
  const isGiven = node.arguments.some((each) => /\bl10n$/.test(each.getText()));
  return isGiven || isTranslation(node);
}

/** A string, or a piece of one between placeholders. */
function isText(node: Node): node is Node & { readonly text: string } {
  return (
    isStringLiteral(node) ||
    isNoSubstitutionTemplateLiteral(node) ||
    isTemplateHead(node) ||
    isTemplateMiddleOrTemplateTail(node)
  );
}

/** `hidden` is a log or an error, and what the translator is asked for; `open` is anything else. */
function useOf(text: Node, parameters: Parameters): 'shown' | 'hidden' | 'open' {
  let node = text;
  while (passesOn(node)) node = node.parent;
  const { parent } = node;
  if (isLiteralTypeNode(parent)) return 'hidden';
  if (isPropertyAssignment(parent)) return isShown(parent.name) ? 'shown' : 'open';
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken) {
    return isPropertyAccessExpression(parent.left) && isShown(parent.left.name) ? 'shown' : 'open';
  }
  if (isVariableDeclaration(parent)) return isShown(parent.name) ? 'shown' : 'open';
  if (!isCallExpression(parent) && !isNewExpression(parent)) return 'open';
  if (isTranslation(parent)) return 'hidden';
  const callee = parent.expression;
  const name = isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
  if (/Error$/.test(name) || isErrorsSuper(callee) || isLog(callee)) return 'hidden';
  const [first, second] = parent.arguments ?? [];
  if (name === 'setAttribute' && first !== undefined && isStringLiteral(first)) {
    return node === second && shownAttributes.test(first.text) ? 'shown' : 'open';
  }
  const place = Object.hasOwn(showing, name) ? showing[name] : undefined;
  const index = (parent.arguments as readonly Node[] | undefined)?.indexOf(node);
  if (place === 'all' || (place !== undefined && place === index)) return 'shown';
  // Our own function of this file: what it calls it says whether it is shown.
  const isOwn = !isPropertyAccessExpression(callee) || callee.expression.getText() === 'this';
  const called = isOwn ? parameters.get(name)?.[index ?? -1] : undefined;
  return called !== undefined && shown.has(called) ? 'shown' : 'open';
}

/** Whether a node's value may be its parent's, or a part of it. */
function passesOn(node: Node): boolean {
  const { parent } = node;
  if (isConditionalExpression(parent)) return parent.condition !== node;
  if (isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    return joining.has(kind);
  }
  return (
    isParenthesizedExpression(parent) ||
    isTemplateSpan(parent) ||
    isTemplateExpression(parent) ||
    isAsExpression(parent) ||
    isSatisfiesExpression(parent) ||
    isArrayLiteralExpression(parent)
  );
}

const joining: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.PlusToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.BarBarToken,
]);

function isShown(name: Node): boolean {
  return (isIdentifier(name) || isStringLiteral(name)) && shown.has(name.text);
}

function isErrorsSuper(callee: Node): boolean {
  if (callee.kind !== SyntaxKind.SuperKeyword) return false;
  let node = callee;
  while (!isClassDeclaration(node) && node.parent !== undefined) node = node.parent;
  return isClassDeclaration(node) && /Error$/.test(node.name?.text ?? '');
}

/** `log.info`, `this.#log.error` */
function isLog(callee: Node): boolean {
  return isPropertyAccessExpression(callee) && /(?:^|[.#])log$/.test(callee.expression.getText());
}

/** It begins as a sentence does and goes on in small letters, or it trails off. */
function readsAsSentence(text: string): boolean {
  return /^\s*[“"(]?\p{Lu}[\p{L}’]*,? (?:\S+ )*\p{Ll}{2}/u.test(text) || /\p{L}…$/u.test(text);
}
