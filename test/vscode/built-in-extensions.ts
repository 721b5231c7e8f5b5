/**
 * VS Code's built-in extensions without their code. Many of them start with every window or with the
 * first file (TypeScript's servers alone take 8 s of processor time), for what a test rarely is about.
 */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from './ensure-host.ts';

/** What they are called in VS Code's folder. */
export type BuiltInWithCode = 'git' | 'git-base' | 'ipynb' | 'typescript-language-features';

const manifestName = 'package.json';
const noCode = 'no-code.cjs';

/**
 * Fills a folder with links to what only declares something (languages, themes) and to the named ones;
 * the others are there by their manifests alone. It is for VS Code's `--builtin-extensions-dir`.
 */
export async function linkBuiltIns(
  { root }: Host,
  folder: string,
  withCode: readonly BuiltInWithCode[],
): Promise<void> {
  const all = join(root, 'extensions');
  const wanted: readonly string[] = withCode;
  await mkdir(folder);
  for (const entry of await readdir(all, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const { name } = entry;
    const [from, to] = [join(all, name), join(folder, name)];
    const manifest = await manifestOf(from);
    const isWhole = manifest === null || wanted.includes(name) || !('main' in manifest);
    if (isWhole) await symlink(from, to, 'junction');
    else await declareAlone(manifest, from, to);
  }
}

/** Left out, VS Code would take the one that its page brings for a browser, and not find its code. */
async function declareAlone(manifest: object, from: string, to: string): Promise<void> {
  await mkdir(to);
  await writeFile(join(to, manifestName), JSON.stringify({ ...manifest, main: `./${noCode}` }));
  await writeFile(join(to, noCode), 'exports.activate = () => {};\n');
  const words = await readFile(join(from, 'package.nls.json'), 'utf8').catch(() => '{}');
  await writeFile(join(to, 'package.nls.json'), words);
}

/** Null for what extensions share: TypeScript, in `node_modules`. */
async function manifestOf(extension: string): Promise<object | null> {
  const text = await readFile(join(extension, manifestName), 'utf8').catch(() => 'null');
  const manifest: unknown = JSON.parse(text);
  return typeof manifest === 'object' ? manifest : null;
}
