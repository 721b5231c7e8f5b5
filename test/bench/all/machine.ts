import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from '../../vscode/ensure-browser.ts';
import { ensureHost } from '../../vscode/ensure-host.ts';

/** What the figures were measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
  readonly vscode: string;
}

/** Installs the browser and VS Code first where they aren't there yet. */
export async function describeMachine(): Promise<Machine> {
  const [{ model = 'unknown' } = {}, ...others] = cpus();
  return {
    processor: model.trim(),
    cores: 1 + others.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: systemName(),
    node: process.version,
    browser: execFileSync(await ensureBrowser(), ['--version'], { encoding: 'utf8' }).trim(),
    vscode: await vscodeVersion(),
  };
}

/** Of the last minute: how many wanted to run at once, what is measured among them. */
export function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2));
}

/** As the distribution names itself, else as Node names the system. */
function systemName(): string {
  try {
    const [, name] =
      /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8')) ?? [];
    if (name !== undefined) return `${name}, ${arch()}`;
  } catch {
    // Not a Linux.
  }
  return `${type()} ${release()}, ${arch()}`;
}

async function vscodeVersion(): Promise<string> {
  const { root, version } = await ensureHost();
  const product: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const own = (product as { readonly version?: unknown }).version;
  return `${String(own)} (code-server ${version})`;
}
