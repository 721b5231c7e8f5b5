import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Api } from './choose-api.ts';

/** The desktop VS Code's command, where one is installed and a display is there to show it. */
export function findDesktop(): string | null {
  const hasDisplay =
    process.platform === 'win32' ||
    process.platform === 'darwin' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasDisplay) return null;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return found.find((path) => existsSync(path)) ?? null;
}

/** Opens a window of its own, with settings of its own; resolves when it is closed. */
export async function runDesktop(
  command: string,
  api: Api,
  extensions: readonly string[],
  folder: string,
  stop: AbortSignal,
): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'claude-stream-desktop-'));
  const user = join(data, 'User');
  await mkdir(user, { recursive: true });
  const settings = { 'workbench.startupEditor': 'none', ...api.settings };
  await writeFile(join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  const child = spawn(
    command,
    [
      '--verbose',
      '--new-window',
      '--disable-workspace-trust',
      `--user-data-dir=${data}`,
      `--extensions-dir=${join(data, 'extensions')}`,
      ...extensions.map((path) => `--extensionDevelopmentPath=${path}`),
      folder,
    ],
    {
      stdio: 'ignore',
      env: { ...process.env, ...api.env },
      // A group of its own, which is then ours to end.
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    },
  );
  const end = (): void => {
    if (child.pid === undefined) return;
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    else process.kill(-child.pid, 'SIGTERM');
  };
  stop.addEventListener('abort', end, { once: true });
  await once(child, 'exit');
  stop.removeEventListener('abort', end);
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
}
