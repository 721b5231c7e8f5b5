import { existsSync, globSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';

/** What has to be there before a stage can run; the runner sees to it. */
export type Need = 'build' | 'browser' | 'host';

export interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Whether it runs tests, whose counts its last `N passed, N failed` gives. */
  readonly counts: boolean;
  readonly needs: readonly Need[];
  /** How many of the machine's two cores it keeps busy. */
  readonly cores: 1 | 2;
  /** A stage that has to be done before, where both run. */
  readonly after?: string;
}

const node = process.execPath;

function check(name: string, ...command: readonly string[]): Stage {
  return { name, command, counts: false, needs: [], cores: 1 };
}

function tests(name: string, needs: readonly Need[], ...command: readonly string[]): Stage {
  return { name, command: [node, ...command], counts: true, needs, cores: 1 };
}

function mocha(name: string, needs: readonly Need[], ...places: readonly string[]): Stage {
  return tests(name, needs, 'test/mocha.ts', ...places);
}

const page: readonly Need[] = ['build', 'browser'];
const workbench: readonly Need[] = ['build', 'browser', 'host'];

/** In the order in which they begin, as far as their needs let them: what waits for no install first. */
export const stages: readonly Stage[] = [
  check('lint', 'node_modules/.bin/biome', 'ci', '--error-on-warnings', '.'),
  // Makes a package of the production build, in the place where the others' build goes.
  mocha('package', [], 'test/package'),
  check('types', 'node_modules/.bin/tsc', '-b'),
  { ...check('build', node, 'esbuild.js'), after: 'package' },
  mocha('unit', [], 'test/unit'),
  mocha('panel', page, 'test/browser/panel'),
  mocha('safety', page, 'test/browser/safety'),
  mocha(
    'browser',
    page,
    ...['code', 'markdown', 'usage', 'vscode'].map((part) => `test/browser/${part}`),
  ),
  // Each starts VS Code, whose waits run out on a busy machine.
  { ...tests('e2e', workbench, 'test/run-e2e.ts'), cores: 2 },
  { ...tests('integration', workbench, 'test/run-integration.ts'), cores: 2 },
];

/** The inner loop: under a minute, and without a browser. */
export const quickStages: readonly string[] = ['lint', 'types', 'unit'];

/**
 * The stages of these names, and what they need. A name is a stage's, or that of a test file or of a
 * folder with some, in full or from its last part on: `stop`, `e2e/stop.test.ts`, `test/unit/faults`.
 *
 * @throws where nothing has such a name
 */
export function choose(names: readonly string[]): readonly Stage[] {
  const chosen = names.flatMap((name) => {
    const stage = stages.find((each) => each.name === name);
    return stage === undefined ? stagesOfFiles(name) : [stage];
  });
  const needsBuild = chosen.some(({ needs }) => needs.includes('build'));
  const build = stages.filter(({ name }) => name === 'build' && needsBuild);
  return [...build.filter((stage) => !chosen.includes(stage)), ...new Set(chosen)];
}

function stagesOfFiles(name: string): readonly Stage[] {
  const files = filesNamed(name);
  if (files.length === 0) throw new Error(`There is no stage and no test file ${name}.`);
  const suites = Map.groupBy(files, (file) => file.split('/')[1] ?? '');
  return [...suites].map(([suite, some]) => stageOf(suite, `${suite}: ${name}`, some));
}

function stageOf(suite: string, name: string, files: readonly string[]): Stage {
  switch (suite) {
    case 'browser':
      return mocha(name, page, ...files);
    case 'e2e':
      return mocha(name, workbench, ...files);
    case 'integration':
      return tests(name, workbench, 'test/run-integration.ts', ...files);
    default:
      return mocha(name, [], ...files);
  }
}

/** Paths from the repository's root, with slashes. */
function filesNamed(name: string): readonly string[] {
  const path = relative('.', resolve(name));
  if (existsSync(path) && statSync(path).isDirectory()) return testsIn(path);
  const wanted = name.replaceAll('\\', '/').replace(/(?:\.test)?\.ts$/, '');
  const all = testsIn('test');
  const same = all.filter((file) => basename(file, '.test.ts') === wanted);
  if (same.length > 0) return same;
  return all.filter((file) => `/${file}`.endsWith(`/${wanted.replace(/^(?:\.?\/)+/, '')}.test.ts`));
}

function testsIn(folder: string): readonly string[] {
  return globSync(join(folder, '**/*.test.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}
