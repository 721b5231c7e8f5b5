import { join } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';

const root = join(import.meta.dirname, '../../..');

/** Each has a tsconfig.json of its own. */
const folders = ['src', 'src/core', 'src/host', 'src/webview'];

/** Every file of src, as the TypeScript compiler reads it. */
export function sourceFiles(): readonly SourceFile[] {
  using api = closing(new API({ cwd: root }));
  using snapshot = api.updateSnapshot({
    openProjects: folders.map((folder) => join(root, folder, 'tsconfig.json')),
  });
  const files = new Map<string, SourceFile>();
  for (const { program } of snapshot.getProjects()) {
    for (const name of program.getSourceFileNames()) {
      const file = program.getSourceFile(name);
      if (file !== undefined && name.startsWith(join(root, 'src/'))) files.set(name, file);
    }
  }
  return [...files.values()].sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

/** Files of texts that a test gives, in their order: `src/host/sample-0.ts` and so on. */
export function samples(texts: readonly string[], folder = '/src/host'): readonly SourceFile[] {
  const paths = texts.map((_, index) => `${folder}/sample-${index}.ts`);
  // Without the libraries of the language nothing but these is parsed.
  const config = JSON.stringify({ compilerOptions: { noLib: true, types: [] }, files: paths });
  const files = Object.fromEntries(texts.map((text, index) => [paths[index] ?? '', text]));
  const fs = createVirtualFileSystem({ ...files, '/tsconfig.json': config });
  using api = closing(new API({ cwd: '/', fs }));
  using snapshot = api.updateSnapshot({ openProjects: ['/tsconfig.json'] });
  const program = snapshot.getProject('/tsconfig.json')?.program;
  return paths.map((path) => {
    const file = program?.getSourceFile(path);
    if (file === undefined) throw new Error(`The compiler doesn’t know ${path}.`);
    return file;
  });
}

function closing(api: API): API & Disposable {
  return Object.assign(api, { [Symbol.dispose]: () => api.close() });
}

/** Calls back for every node of a file, parents first. */
export function walk(file: SourceFile, visit: (node: Node) => void): void {
  const go = (node: Node): void => {
    visit(node);
    node.forEachChild(go);
  };
  go(file);
}

/** `src/host/panel/panel.ts:12` */
export function placeOf(node: Node): string {
  const file = node.getSourceFile();
  const path = file.fileName.replace(root, '').replace(/^\//, '');
  const before = file.text.slice(0, node.getStart(file));
  return `${path}:${before.split('\n').length}`;
}
