import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { repository } from './paths.ts';
import { runQuietly } from './run-quietly.ts';

export interface PackedVsix extends AsyncDisposable {
  readonly path: string;
}

/** What the build makes or needs none of. */
const leftOut: readonly string[] = ['.git', '.vscode-test', 'dist', 'node_modules', 'out'];

/**
 * The package as `npm run package` makes it, of these sources. It is made in a copy: other tests may be
 * running on the build that is here.
 */
export async function packVsix(): Promise<PackedVsix> {
  const folder = await mkdtemp(join(tmpdir(), 'claude-stream-vsix-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await cp(repository, folder, {
      recursive: true,
      filter: (path) => path === repository || !leftOut.includes(basename(path)),
    });
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const shell = process.platform === 'win32';
    await runQuietly(shell ? 'npm.cmd' : 'npm', ['run', 'package'], { cwd: folder, shell });
  } catch (error) {
    await remove();
    throw error;
  }
  return { path: join(folder, 'claude-stream.vsix'), [Symbol.asyncDispose]: remove };
}
