/** The other process of `benchInVsCode`: VS Code with a built bench in its extension host. */
import { join } from 'node:path';
import { runInVsCode } from '../vscode/run-in-vscode.ts';

const { BENCH_ENTRY, BENCH_TRIALS, BENCH_OUTPUT } = process.env;
if (BENCH_ENTRY === undefined) throw new Error('BENCH_ENTRY names no built bench.');
await runInVsCode({
  extensionTestsPath: BENCH_ENTRY,
  workspace: join(import.meta.dirname, '../sample'),
  env: { BENCH_TRIALS, BENCH_OUTPUT },
});
