/** Runs an installer without its chatter, and shows the end of it when it fails. */
import { spawn } from 'node:child_process';

export interface QuietRun {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly shell?: boolean;
  readonly onOutput?: () => void;
}

export async function runQuietly(
  command: string,
  args: readonly string[],
  { onOutput, ...options }: QuietRun = {},
): Promise<void> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
    onOutput?.();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return;
  const lastLines = output.trimEnd().split('\n').slice(-25).join('\n');
  throw new Error(`${command} ${args.join(' ')} ended with code ${code}:\n${lastLines}`);
}
