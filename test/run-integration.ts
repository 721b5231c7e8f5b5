/** Runs the built integration tests inside VS Code: all, or those of the files that are named. */
import { basename, join } from 'node:path';
import { canaryKey } from './fakes/canary-key.ts';
import { runInVsCode } from './vscode/run-in-vscode.ts';

const root = join(import.meta.dirname, '..');
await runInVsCode({
  extensionTestsPath: join(root, 'out/integration/index.cjs'),
  workspace: join(root, 'test/sample'),
  env: {
    ANTHROPIC_API_KEY: canaryKey,
    INTEGRATION_TESTS: process.argv
      .slice(2)
      .map((file) => basename(file, '.test.ts'))
      .join(),
  },
});
