/** The part of VS Code's command line that matters for tests; the rest is ignored. */
import { resolve } from 'node:path';

export interface CommandLine {
  readonly extensionPaths: readonly string[];
  readonly testsPath: string | undefined;
  readonly folder: string | undefined;
}

export function parseCommandLine(args: readonly string[]): CommandLine {
  const valuesOf = (flag: string): string[] =>
    args.filter((arg) => arg.startsWith(`${flag}=`)).map((arg) => arg.slice(flag.length + 1));
  const folder = args.find((arg) => !arg.startsWith('-'));
  const testsPath = valuesOf('--extensionTestsPath').at(-1);
  return {
    extensionPaths: valuesOf('--extensionDevelopmentPath').map((path) => resolve(path)),
    testsPath: testsPath === undefined ? undefined : resolve(testsPath),
    folder: folder === undefined ? undefined : resolve(folder),
  };
}
