import * as vscode from 'vscode';
import { isString } from '../../core/guard.ts';

/*
 * What we use of the API, version 1, that VS Code's own Git extension exports. It is another
 * extension's value: it is looked at before it is used.
 */

const isFunction = (value: unknown): value is (...given: unknown[]) => unknown =>
  typeof value === 'function';

const isUri = (value: unknown): value is vscode.Uri => value instanceof vscode.Uri;

/** Its members may be on a prototype, which `isObject` doesn't look at. */
function isInstance(shape: Readonly<Record<string, (value: unknown) => boolean>>) {
  return (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(shape).every(([key, guard]) => guard(Reflect.get(value, key)));
}

const isInputBox = isInstance({ value: isString });

/** A Git repository that is open in VS Code. */
export interface Repository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  /** As `git diff` prints it. @param cached what is staged, instead of what isn't */
  diff(cached: boolean): Promise<string>;
}

const looksLikeRepository = isInstance({
  rootUri: isUri,
  inputBox: isInputBox,
  diff: isFunction,
});

export const isRepository = (value: unknown): value is Repository => looksLikeRepository(value);

/** The open repositories; null where Git is switched off or isn't there. */
export async function openRepositories(): Promise<readonly Repository[] | null> {
  try {
    const exported = await vscode.extensions.getExtension<unknown>('vscode.git')?.activate();
    if (!hasApi(exported)) return null;
    // Throws where Git is switched off.
    const api: unknown = exported.getAPI(1);
    if (typeof api !== 'object' || api === null) return null;
    const repositories: unknown = Reflect.get(api, 'repositories');
    return Array.isArray(repositories) ? repositories.filter(isRepository) : null;
  } catch {
    return null;
  }
}

function hasApi(value: unknown): value is { getAPI(version: number): unknown } {
  return typeof value === 'object' && value !== null && isFunction(Reflect.get(value, 'getAPI'));
}
