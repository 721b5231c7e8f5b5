import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Runs a bench of `in-vscode/` in a real extension host and gives what it wrote to BENCH_OUTPUT.
 * What VS Code prints meanwhile goes to the error output: the other is the figures' alone.
 */
export async function benchInVsCode<Figures>(name: string, trials: number): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'claude-stream-bench-'));
  const entry = join(folder, 'bench.cjs');
  const output = join(folder, 'figures.json');
  try {
    await build({
      entryPoints: [join(import.meta.dirname, 'in-vscode', `${name}.ts`)],
      outfile: entry,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
      logLevel: 'warning',
    });
    const env = { BENCH_ENTRY: entry, BENCH_TRIALS: String(trials), BENCH_OUTPUT: output };
    await runOnStderr(join(import.meta.dirname, 'run-in-vscode.ts'), env);
    return JSON.parse(await readFile(output, 'utf8')) as Figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runOnStderr(script: string, env: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...process.env, ...env },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${script} ended with ${code}.`);
}
