/**
 * Builds what runs: `node esbuild.js [--production] [--watch]`.
 *   dist/extension.cjs  the host's half, small: it is all that the first command loads
 *   dist/web.cjs        what a browser's worker loads instead: it gives the same chunks their `require`
 *   dist/connect.cjs    the Messages API with the SDK in it: loaded by the first request
 *   dist/*.cjs          what else is loaded when it is first used: see `lazyChunks`
 *   dist/shared-by-chunks.cjs  what many of them have in common
 *   dist/webview.js     the panel's script
 *   dist/usage.js       the usage view's script
 *   out/integration/    the tests that run inside VS Code (not for production)
 */
import { globSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { build, context } from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Only Node has what these import: all else is built for a browser, so that it runs in both. */
const nodeChunks = ['src/node/disk.ts', 'src/node/probe-sockets.ts'];

/** What the host's half imports dynamically: each a bundle of its own, loaded when it is needed. */
const lazyChunks = [
  'src/core/claude/connect.ts',
  'src/host/api-key/ask-for-key.ts',
  'src/host/ask/check-question.ts',
  'src/host/ask/code-actions.ts',
  'src/host/batches/batches.ts',
  'src/host/check/check-connection.ts',
  'src/host/chat/chat-participant.ts',
  'src/host/code/run-code-action.ts',
  'src/host/compare/compare-models.ts',
  'src/host/document/document-target.ts',
  'src/host/editor/read-selections.ts',
  'src/host/first-use/notify-first-use.ts',
  'src/host/headers/header-secrets.ts',
  'src/host/history/history.ts',
  'src/host/language-models/claude-models.ts',
  'src/host/model/choose-effort.ts',
  'src/host/model/choose-model.ts',
  'src/host/model/pick-model.ts',
  'src/host/panel/open-panels.ts',
  'src/host/panel/panel-actions.ts',
  'src/host/prompts/prompts.ts',
  'src/host/replace/replacements.ts',
  'src/host/replies/choose-and-stop.ts',
  'src/host/tell-bad-setting.ts',
  'src/host/theme/read-palette.ts',
  'src/host/usage/spending.ts',
  'src/host/usage/usage-view.ts',
  ...nodeChunks,
];

/** As long as `import`, which it takes the place of: source maps stay right. */
const importChunk = '$chunk';
const chunkImport = /\bimport(?=\("\.\/[\w-]+\.cjs"\))/g;

/**
 * Leaves the imports of lazy chunks to run time, as chunks beside the bundle. They become calls of
 * `require`: VS Code's extension host has one for files, and `src/web.ts` brings one that gives promises.
 */
const lazyChunk = {
  name: 'lazy-chunk',
  setup(setup) {
    setup.initialOptions.banner = {
      js: `"use strict";const ${importChunk}=async name=>require(name);`,
    };
    setup.initialOptions.write = false;
    setup.onEnd(async ({ outputFiles = [] }) => {
      for (const { path, text } of outputFiles) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text.replace(chunkImport, importChunk));
      }
    });
    setup.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const entry = relative(import.meta.dirname, join(resolveDir, path));
      if (!lazyChunks.includes(entry)) return undefined;
      return { path: `./${basename(entry, '.ts')}.cjs`, external: true };
    });
  },
};

const sharedEntry = 'src/host/shared-by-chunks.ts';
const sharedModules = new Set(
  [...(await readFile(sharedEntry, 'utf8')).matchAll(/ from '(.+)'/g)].map(([, path]) =>
    join(dirname(sharedEntry), path),
  ),
);

/** Leaves the imports of what chunks share to run time. */
const sharedChunk = {
  name: 'shared-chunk',
  setup(setup) {
    setup.onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const module = relative(import.meta.dirname, join(resolveDir, path));
      if (kind !== 'import-statement' || !sharedModules.has(module)) return undefined;
      return { path: `./${basename(sharedEntry, '.ts')}.cjs`, external: true, sideEffects: false };
    });
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
  metafile: true,
  legalComments: 'none',
  logLevel: watch ? 'silent' : 'warning',
  plugins: watch ? [problemMatcher] : [],
};

/** The host's half. An import of Node's that doesn't resolve ends the build: a browser has none. */
const host = {
  ...shared,
  platform: 'browser',
  format: 'cjs',
  external: ['vscode'],
  // Some packages' CommonJS can't be bundled, their modules can.
  mainFields: ['browser', 'module', 'main'],
  plugins: [lazyChunk, ...shared.plugins],
};

const browser = { ...shared, platform: 'browser', format: 'iife' };

const builds = [
  { ...host, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs' },
  { ...host, entryPoints: ['src/web.ts'], outfile: 'dist/web.cjs' },
  { ...host, entryPoints: [sharedEntry], outfile: `dist/${basename(sharedEntry, '.ts')}.cjs` },
  ...lazyChunks.map((entry) => ({
    ...host,
    platform: nodeChunks.includes(entry) ? 'node' : 'browser',
    plugins: [sharedChunk, ...host.plugins],
    entryPoints: [entry],
    outfile: `dist/${basename(entry, '.ts')}.cjs`,
  })),
  { ...browser, entryPoints: ['src/webview/main.ts'], outfile: 'dist/webview.js' },
  {
    ...browser,
    entryPoints: ['src/webview/code/highlighter-script.ts'],
    outfile: 'dist/highlight.js',
  },
  { ...browser, entryPoints: ['src/webview/usage/main.ts'], outfile: 'dist/usage.js' },
];

/** The tests that run inside VS Code. What is a chunk to the extension is a part of each. */
const integration = {
  ...host,
  platform: 'node',
  plugins: shared.plugins,
  external: ['vscode', 'mocha'],
  // What is left of `import()` becomes `require`.
  supported: { 'dynamic-import': false },
  entryPoints: ['test/integration/index.ts', ...globSync('test/integration/**/*.test.ts')],
  outdir: 'out/integration',
  outbase: 'test/integration',
  outExtension: { '.js': '.cjs' },
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
