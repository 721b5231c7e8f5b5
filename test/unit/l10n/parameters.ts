import {
  isArrowFunction,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isPrivateIdentifier,
  isVariableDeclaration,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { walk } from './source-files.ts';

/** The names of a function's parameters, in their order; blank for what is taken apart. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

/** What the functions of a file call what they are given, by the function's own name. */
export function parametersIn(file: SourceFile): Parameters {
  const found = new Map<string, readonly string[]>();
  walk(file, (node) => {
    if (isVariableDeclaration(node)) {
      const { initializer } = node;
      if (initializer === undefined) return;
      if (isArrowFunction(initializer) || isFunctionExpression(initializer)) {
        keep(node.name, initializer.parameters);
      }
    } else if (isFunctionDeclaration(node) || isMethodDeclaration(node)) {
      if (node.name !== undefined) keep(node.name, node.parameters);
    }
  });
  return found;

  function keep(name: Node, parameters: readonly { readonly name: Node }[]): void {
    if (!isIdentifier(name) && !isPrivateIdentifier(name)) return;
    found.set(
      name.text,
      parameters.map((parameter) => (isIdentifier(parameter.name) ? parameter.name.text : '')),
    );
  }
}
