/**
 * Stands between the tests and VS Code's server: `node server-supervisor.ts <data folder> <node>
 * <server-main.js> <flags>`. When its standard input closes, because the tests are done or because
 * their process is gone (even by SIGKILL), it ends the server with the extension hosts that the
 * server started, and removes the data folder. So nothing is ever left behind. Whoever wants to look at
 * the data says so on the standard input, and removes them.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const gracePeriod = 3000;
const [dataDir = '', command = '', ...args] = process.argv.slice(2);

// A process group of its own: one signal then reaches the server and all its children.
const server = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: process.platform !== 'win32',
});
server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
server.once('exit', (code) => {
  process.exitCode = code ?? 1;
  void end();
});

let keepsData = false;
process.stdin.once('data', () => {
  keepsData = true;
});
process.stdin.once('close', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end());
}

let ending = false;

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    signalAll(signal);
    const deadline = Date.now() + gracePeriod;
    while (anyoneLeft() && Date.now() < deadline) await delay(20);
  }
  if (!keepsData) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}

function signalAll(signal: NodeJS.Signals): void {
  if (server.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(server.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-server.pid, signal);
  } catch {
    // The group is gone already.
  }
}

function anyoneLeft(): boolean {
  if (server.pid === undefined) return false;
  if (process.platform === 'win32') return server.exitCode === null;
  try {
    process.kill(-server.pid, 0);
    return true;
  } catch {
    return false;
  }
}
