/** Runs the built integration tests inside VS Code. */
import { join } from 'node:path';
import { canaryKey } from './fakes/canary-key.ts';
import { runInVsCode } from './vscode/run-in-vscode.ts';

const root = join(import.meta.dirname, '..');
await runInVsCode({
  extensionTestsPath: join(root, 'out/integration/index.cjs'),
  workspace: join(root, 'test/sample'),
  env: { ANTHROPIC_API_KEY: canaryKey },
});
