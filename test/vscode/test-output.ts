/**
 * How the tests' output travels from the extension host to the terminal: VS Code hands its console on
 * with its own log mixed in, so each piece of ours is marked.
 */

/** Names, for `tests-entry.ts`, the module that has the tests. */
export const testsModuleVariable = 'TEST_HOST_TESTS_MODULE';

export interface TestOutput {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

const mark = 'test output: ';

export function writeTestOutput(output: TestOutput): string {
  return mark + JSON.stringify(output);
}

export function readTestOutput(line: unknown): TestOutput | undefined {
  if (typeof line !== 'string' || !line.startsWith(mark)) return undefined;
  const output: unknown = JSON.parse(line.slice(mark.length));
  return isTestOutput(output) ? output : undefined;
}

function isTestOutput(value: unknown): value is TestOutput {
  if (typeof value !== 'object' || value === null) return false;
  const { stream, text } = value as { stream?: unknown; text?: unknown };
  return (stream === 'stdout' || stream === 'stderr') && typeof text === 'string';
}
