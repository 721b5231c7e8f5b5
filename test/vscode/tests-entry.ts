/**
 * What VS Code's extension host loads as the tests, in the server build. Gives the real tests a console
 * that behaves as Node's own does, and runs them.
 */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { type TestOutput, testsModuleVariable, writeTestOutput } from './test-output.ts';

/** VS Code leaves out what is longer than 100,000 characters. */
const longestPiece = 20_000;

export async function run(): Promise<void> {
  takeOverConsole();
  const path = process.env[testsModuleVariable];
  if (path === undefined) throw new Error(`${testsModuleVariable} is not set.`);
  const tests: unknown = await import(pathToFileURL(path).href);
  await runOf(tests, path)();
}

/** From an ES module, or from a CommonJS one, whose exports are the default export. */
function runOf(tests: unknown, path: string): () => unknown {
  if (typeof tests === 'object' && tests !== null) {
    const { run, default: exported } = tests as { run?: unknown; default?: { run?: unknown } };
    if (isFunction(run)) return run;
    if (isFunction(exported?.run)) return exported.run;
  }
  throw new Error(`${path} doesn't export run().`);
}

function isFunction(value: unknown): value is () => unknown {
  return typeof value === 'function';
}

function takeOverConsole(): void {
  const hostLog = console.log.bind(console);
  const streamTo = (stream: TestOutput['stream']): Writable =>
    new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        const text = chunk.toString();
        for (let start = 0; start < text.length; start += longestPiece) {
          hostLog(writeTestOutput({ stream, text: text.slice(start, start + longestPiece) }));
        }
        done();
      },
    });
  const stdout = streamTo('stdout');
  const stderr = streamTo('stderr');
  const colorMode = process.env['FORCE_COLOR'] !== undefined;
  // VS Code has locked the methods of its own console, and those of the process's streams.
  globalThis.console = new Console({ stdout, stderr, colorMode });
  Object.defineProperty(process, 'stdout', { value: stdout });
  Object.defineProperty(process, 'stderr', { value: stderr });
}
