/** Ends like a statement, opens a block, or begins with what only programs begin lines with. */
const codeLine =
  /[;{}]\s*$|=>|^\s*(?:\/\/|\/\*|#include|#!|<\/?[a-z][^>]*>)|^\s*(?:const|let|var|def|class|import|export|return|func|fn|pub|package|using|struct|enum)\s+\S|^\s*[\w.[\]]+\s*(?:[-+*/|&]?=|\()\S*|:\s*$/;

/** Three words in a row, as sentences have them, perhaps behind a list's mark; or a sentence's full stop without spaces. */
const sentenceLine =
  /^\s*(?:[-*•>]\s+|\d+[.)]\s+|#{1,6}\s+)?["“'‘(*_`]*[\p{L}\p{N}][\p{L}\p{N}'’`*_./-]*,?(?:\s+["“'‘(*_`]*[\p{L}\p{N}][\p{L}\p{N}'’“”"`*_()./:;,!?-]*){2,}|[。！？]/u;

/** Returns whether a text without code fences reads like sentences rather than like a program. */
export function looksLikeProse(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const code = lines.filter((line) => codeLine.test(line)).length;
  const sentences = lines.filter((line) => !codeLine.test(line) && sentenceLine.test(line)).length;
  return sentences > code && sentences * 2 >= lines.length;
}
