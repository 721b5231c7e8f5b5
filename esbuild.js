/**
 * Builds what runs: `node esbuild.js [--production] [--watch]`.
 *   dist/extension.cjs      the stub that VS Code loads: ids and registrations
 *   dist/web.cjs            the same for a browser's worker: it loads the stub
 *   dist/app.cjs            the host, loaded by the first use
 *   dist/sdk.cjs            the Messages API with the SDK in it, loaded by the first request
 *   dist/front-matter.cjs   the YAML parser, loaded by the first list of prompts
 *   dist/disk.cjs, dist/probe-sockets.cjs  what only Node can do
 *   dist/webview.js, dist/highlight.js, dist/usage.js  the pages' scripts
 *   out/integration/        the tests that run inside VS Code (not for production)
 */
import { globSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Entries by the names that their bundles have in `dist`. */
const bundles = {
  extension: 'src/extension.ts',
  web: 'src/web.ts',
  app: 'src/app.ts',
  sdk: 'src/core/claude/connect.ts',
  'front-matter': 'src/core/prompt/front-matter.ts',
};
/** Only Node has what these import: all else is built for a browser, so that it runs in both. */
const nodeBundles = { disk: 'src/node/disk.ts', 'probe-sockets': 'src/node/probe-sockets.ts' };
const scripts = {
  webview: 'src/webview/main.ts',
  highlight: 'src/webview/code/highlighter-script.ts',
  usage: 'src/webview/usage/main.ts',
};
const entries = Object.entries({ ...bundles, ...nodeBundles });

/**
 * What bundles have of each other and of VS Code, by modules of one line. `import()` of another
 * bundle's entry becomes a `require` at run time: VS Code's extension host gives the module, the
 * loader in `src/web.ts` a promise. Both work, because `import()` awaits a module that exports
 * `then`. VS Code's API is copied once: esbuild would copy it for each file that imports it.
 */
const requires = {
  name: 'requires',
  setup(setup) {
    const namespace = 'requires';
    setup.onResolve({ filter: /./, namespace }, ({ path }) => ({ path, external: true }));
    setup.onResolve({ filter: /^vscode$/ }, ({ path }) => ({ path, namespace }));
    setup.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const entry = relative(import.meta.dirname, join(resolveDir, path));
      const [name] = entries.find((each) => each[1] === entry) ?? [];
      return name === undefined ? undefined : { path: `./${name}.cjs`, namespace };
    });
    setup.onLoad({ filter: /^vscode$/, namespace }, () => ({
      contents: `export * from 'vscode';`,
    }));
    setup.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `export const then = (...on) => Promise.resolve(require('${path}')).then(...on);`,
    }));
  },
};

const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  target: 'es2023',
  platform: 'browser',
  outdir: 'dist',
  metafile: true,
  legalComments: 'none',
  // In watch mode it prints what .vscode/tasks.json looks for.
  logLevel: watch ? 'info' : 'warning',
};

/** The host. An import of Node's that doesn't resolve ends the build: a browser has none. */
const host = {
  ...shared,
  format: 'cjs',
  external: ['vscode'],
  // Some packages' CommonJS can't be bundled, their modules can.
  mainFields: ['browser', 'module', 'main'],
  outExtension: { '.js': '.cjs' },
};
const split = { ...host, plugins: [requires] };

const builds = [
  { ...split, entryPoints: bundles },
  { ...split, platform: 'node', entryPoints: nodeBundles },
  { ...shared, format: 'iife', entryPoints: scripts },
];

/** The tests that run inside VS Code. What is a bundle to the extension is a part of each. */
const integration = {
  ...host,
  platform: 'node',
  external: ['vscode', 'mocha'],
  // What is left of `import()` becomes `require`.
  supported: { 'dynamic-import': false },
  entryPoints: ['test/integration/index.ts', ...globSync('test/integration/**/*.test.ts')],
  outdir: 'out/integration',
  outbase: 'test/integration',
};
const everyBuild = production ? builds : [...builds, integration];

if (watch) {
  const contexts = await Promise.all(everyBuild.map((options) => context(options)));
  await Promise.all(contexts.map((made) => made.watch()));
} else {
  await rm('dist', { recursive: true, force: true });
  const results = await Promise.all(everyBuild.map((options) => build(options)));
  await writeNotices(results.slice(0, builds.length));
}

/** The licences of every package whose code is in a bundle that ships. */
async function writeNotices(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  const notices = [];
  for (const folder of [...folders].sort()) {
    const read = (file) => readFile(join(folder, file), 'utf8');
    const { name, version, license } = JSON.parse(await read('package.json'));
    const files = globSync('{LICENSE,LICENCE}*', { cwd: folder }).sort();
    const texts = await Promise.all(files.map(async (file) => `--- ${file}\n${await read(file)}`));
    notices.push(`${name} ${version} (${license})\n\n${texts.join('\n')}`);
  }
  await writeFile('dist/third-party-notices.txt', notices.join(`\n${'='.repeat(80)}\n\n`));
}
