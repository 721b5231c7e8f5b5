/** Runs a Mocha suite inside VS Code: in the desktop build where one is named, else in the server build. */
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { type Environment, isPersonal } from './environment.ts';
import { repository } from './paths.ts';

export interface InVsCode {
  /** A module that exports `run(): Promise<void>` and rejects when a test failed. */
  readonly extensionTestsPath: string;
  /** The folder that VS Code opens. */
  readonly workspace: string;
  readonly env?: Environment;
  /** The extension under test; this repository. */
  readonly extensionPath?: string;
}

/** Rejects if a test failed. `VSCODE_EXECUTABLE` names a desktop VS Code to use instead. */
export async function runInVsCode(options: InVsCode): Promise<void> {
  const { extensionTestsPath, workspace, env = {}, extensionPath = repository } = options;
  await runTests({
    vscodeExecutablePath: process.env['VSCODE_EXECUTABLE'] ?? join(import.meta.dirname, 'code'),
    extensionDevelopmentPath: extensionPath,
    extensionTestsPath,
    launchArgs: [workspace],
    extensionTestsEnv: { ...withoutPersonal(), ...colors(), ...env },
  });
}

/** test-electron passes our whole environment on; `undefined` takes a variable out of it. */
function withoutPersonal(): Environment {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter(isPersonal)
      .map((name) => [name, undefined]),
  );
}

/** VS Code's output is a pipe, and Mocha colours no pipe on its own. */
function colors(): Environment {
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
}
