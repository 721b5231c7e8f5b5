import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { fieldsOf, readTokenRules, type TokenRule } from '../../core/theme/token-rule.ts';

/** More files than any theme includes; a theme that includes itself ends here. */
const mostFiles = 16;

/**
 * The colours of a theme's file, those of the files that it includes before its own. Null where one
 * of them can't be read as JSON, or where the colours are in a TextMate file.
 */
export async function readThemeRules(
  uri: vscode.Uri,
  filesLeft = mostFiles,
): Promise<readonly TokenRule[] | null> {
  if (filesLeft === 0) return null;
  const fields = await readFields(uri);
  if (fields === null) return null;
  const include = fields.get('include');
  const tokenColors = fields.get('tokenColors');
  if (typeof tokenColors === 'string') return null;
  const own = readTokenRules(tokenColors);
  if (typeof include !== 'string') return own;
  const included = await readThemeRules(vscode.Uri.joinPath(uri, '..', include), filesLeft - 1);
  return included === null ? null : [...included, ...own];
}

async function readFields(uri: vscode.Uri): Promise<ReadonlyMap<string, unknown> | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const value: unknown = parse(new TextDecoder().decode(bytes));
    const fields = fieldsOf(value);
    // A theme with a slip in it still has colours; a file that is no JSON at all has none.
    return fields.size === 0 ? null : fields;
  } catch {
    // The theme's extension was removed, or its files are out of reach: the fallback colours do.
    return null;
  }
}
