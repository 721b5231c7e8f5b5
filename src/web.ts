import * as vscode from 'vscode';

type Extension = typeof import('./extension.ts');

let extension: Extension | undefined;

/** The entry in a browser's worker. What runs is the same as elsewhere, bundle by bundle. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const load = bundleLoader(vscode.Uri.joinPath(context.extensionUri, 'dist'));
  extension = (await load('./extension.cjs')) as Extension;
  extension.activate(context, 'browser');
}

export async function deactivate(): Promise<void> {
  await extension?.deactivate();
}

/**
 * A worker's `require` knows `vscode` and no files: this one gives promises of the other bundles,
 * each run once. Where one can't be read or run, the next call tries again.
 */
export function bundleLoader(dist: vscode.Uri): (name: string) => Promise<unknown> {
  const loaded = new Map<string, Promise<unknown>>();
  const run = async (name: string): Promise<unknown> => {
    const uri = vscode.Uri.joinPath(dist, name);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const source = `${text}\n//# sourceURL=${uri.toString(true)}`;
    const module = { exports: {} };
    // The way in which VS Code runs our entry: a worker has no other for CommonJS.
    const call = new Function('module', 'exports', 'require', source);
    call(module, module.exports, (id: string) => (id === 'vscode' ? vscode : load(id)));
    return module.exports;
  };
  const load = (name: string): Promise<unknown> => {
    if (!name.startsWith('./')) throw new Error(`There is no ${name} in a browser`);
    const bundle = loaded.get(name) ?? run(name);
    loaded.set(name, bundle);
    bundle.catch(() => loaded.get(name) === bundle && loaded.delete(name));
    return bundle;
  };
  return load;
}
