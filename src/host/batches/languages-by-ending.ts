import * as vscode from 'vscode';
import { isListOf, isObject, isOptional, isString } from '../../core/guard.ts';

const isContributing = isObject({
  contributes: isObject({
    languages: isListOf(isObject({ id: isString, extensions: isOptional(isListOf(isString)) })),
  }),
});

/**
 * Tells a file's language by its ending, as the installed extensions say: to open hundreds of files
 * only to be told would start every language server. Plain text where nobody says.
 */
export function languagesByEnding(): (file: string) => string {
  const known = new Map<string, string>();
  for (const { packageJSON } of vscode.extensions.all) {
    if (!isContributing(packageJSON)) continue;
    for (const { id, extensions = [] } of packageJSON.contributes.languages) {
      for (const ending of extensions) {
        if (!known.has(ending.toLowerCase())) known.set(ending.toLowerCase(), id);
      }
    }
  }
  return (file) => {
    const name = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
    // The longest ending first: `.d.ts` before `.ts`.
    for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
      const language = known.get(name.slice(at));
      if (language !== undefined) return language;
    }
    return 'plaintext';
  };
}
