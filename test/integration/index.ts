import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import Mocha from 'mocha';

/** What the first use shows, it shows here: all other files come after. */
const firstFile = 'a-lazy-start';

/** Called by VS Code in its extension host: runs the built test files beside this one. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    forbidOnly: true,
    color: process.env['FORCE_COLOR'] !== undefined,
  });
  const tests = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  const chosen = (process.env['INTEGRATION_TESTS'] ?? '').split(',').filter((name) => name !== '');
  for (const file of tests.filter((name) => name.endsWith('.test.cjs')).sort()) {
    const name = basename(file, '.test.cjs');
    if (chosen.length > 0 && name !== firstFile && !chosen.includes(name)) continue;
    mocha.addFile(join(__dirname, file));
  }
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const passed = runner.stats?.passes ?? 0;
      console.log(`${passed} passed, ${failures} failed`);
      if (failures > 0) reject(new Error(`${failures} integration tests failed`));
      else if (passed === 0) reject(new Error('no integration test ran'));
      else resolve();
    });
  });
}
