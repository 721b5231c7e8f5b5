/**
 * Builds what runs: `node esbuild.js [--production] [--watch]`.
 *   dist/extension.cjs      the stub that VS Code loads: ids and registrations
 *   dist/web.cjs            the same for a browser's worker: it loads the stub
 *   dist/app.cjs            the host, loaded by the first use
 *   dist/sdk.cjs            the Messages API with the SDK in it, loaded by the first request
 *   dist/disk.cjs, dist/probe-sockets.cjs  what only Node can do
 *   dist/webview.js, dist/highlight.js, dist/usage.js  the pages' scripts
 *   out/integration/        the tests that run inside VS Code (not for production)
 */
import { globSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Bundles by the name that they have in `dist`. */
const stubs = { extension: 'src/extension.ts', web: 'src/web.ts' };
const chunks = { app: 'src/app.ts', sdk: 'src/core/claude/connect.ts' };
/** Only Node has what these import: all else is built for a browser, so that it runs in both. */
const nodeChunks = { disk: 'src/node/disk.ts', 'probe-sockets': 'src/node/probe-sockets.ts' };
const scripts = {
  webview: 'src/webview/main.ts',
  highlight: 'src/webview/code/highlighter-script.ts',
  usage: 'src/webview/usage/main.ts',
};

/**
 * Turns `import()` of a chunk into a `require` of its bundle at run time: VS Code's extension host
 * gives the module, the loader in `src/web.ts` a promise. A module that exports `then` is awaited
 * by `import()`, so that both do.
 */
const chunkImports = {
  name: 'chunk-imports',
  setup(setup) {
    const namespace = 'chunk';
    const names = new Map(
      Object.entries({ ...chunks, ...nodeChunks }).map(([name, entry]) => [
        join(import.meta.dirname, entry),
        name,
      ]),
    );
    setup.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const name = kind === 'dynamic-import' && names.get(join(resolveDir, path));
      return name ? { path: `./${name}.cjs`, namespace } : undefined;
    });
    setup.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `export const then = (...on) => Promise.resolve(require('${path}')).then(...on);`,
    }));
    setup.onResolve({ filter: /./, namespace }, ({ path }) => ({ path, external: true }));
  },
};

/** Prints what .vscode/tasks.json's problem matcher looks for. */
const problemMatcher = {
  name: 'problem-matcher',
  setup(setup) {
    setup.onStart(() => console.log('[watch] build started'));
    setup.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location !== null) {
          console.error(`    ${location.file}:${location.line}:${location.column}:`);
        }
      }
      console.log('[watch] build finished');
    });
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
  logLevel: watch ? 'silent' : 'warning',
  plugins: watch ? [problemMatcher] : [],
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
const split = { ...host, plugins: [chunkImports, ...shared.plugins] };

const builds = [
  { ...split, entryPoints: { ...stubs, ...chunks } },
  { ...split, platform: 'node', entryPoints: nodeChunks },
  { ...shared, format: 'iife', entryPoints: scripts },
];

/** The tests that run inside VS Code. What is a chunk to the extension is a part of each. */
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
    const { name, version, license } = JSON.parse(
      await readFile(join(folder, 'package.json'), 'utf8'),
    );
    const texts = globSync(`${folder}/{LICENSE,LICENCE}*`).sort();
    const bodies = await Promise.all(
      texts.map(async (path) => `--- ${basename(path)}\n${await readFile(path, 'utf8')}`),
    );
    notices.push(`${name} ${version} (${license})\n\n${bodies.join('\n')}`);
  }
  const separator = `\n${'='.repeat(80)}\n\n`;
  await writeFile('dist/third-party-notices.txt', notices.join(separator));
}
