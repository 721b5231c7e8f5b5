import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { closeServer, listenLocally } from '../../fakes/listen-locally.ts';
import { hostPanel } from '../../fakes/panel.ts';

/** Which of the two things that each suffice are in place. */
export interface Variant {
  /** False puts HTML into the page as it is. */
  readonly sanitiser: boolean;
  /** False leaves the Content Security Policy out. */
  readonly policy: boolean;
}

export interface PanelServer extends AsyncDisposable {
  readonly origin: string;
}

const root = resolve(import.meta.dirname, '../../..');
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html; charset=utf-8',
};

/**
 * Serves the very page that the host makes, in a frame as VS Code has it: sandboxed, in a document whose
 * own policy lets its frames go nowhere else.
 */
export async function startPanelServer(variant: Variant): Promise<PanelServer> {
  const files = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    void content(path, files).then((body) => {
      const type = types[path.split('.').at(-1) ?? ''] ?? 'text/html; charset=utf-8';
      const outer = path === '/' ? { 'content-security-policy': outerPolicy } : {};
      response.writeHead(body === null ? 404 : 200, { 'content-type': type, ...outer });
      response.end(body ?? '');
    });
  });
  const port = await listenLocally(server);
  const origin = `http://127.0.0.1:${port}`;
  const { html } = hostPanel(new Conversation(() => 0), origin);
  files.set('/', outerPage);
  files.set('/panel', variant.policy ? html : withoutPolicy(html));
  if (!variant.sanitiser) files.set('/dist/webview.js', await withoutSanitiser());
  return {
    origin,
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

const outerPolicy = "default-src 'none'; frame-src 'self'";
const outerPage = `<!DOCTYPE html>
<iframe src="/panel" style="width: 900px; height: 700px" sandbox="allow-scripts allow-same-origin
allow-forms allow-pointer-lock allow-downloads"></iframe>`;

async function content(path: string, files: ReadonlyMap<string, string>): Promise<string | null> {
  const known = files.get(path);
  if (known !== undefined) return known;
  if (!isOwnFile(path)) return null;
  return readFile(join(root, path), 'utf8').catch(() => null);
}

/** Whether a page may ask its server for it. */
export function isOwnFile(path: string): boolean {
  return /^\/(?:panel)?$|^\/(?:dist\/[\w-]+\.js|media\/[\w-]+\.(?:css|ttf|woff2))$/.test(path);
}

function withoutPolicy(html: string): string {
  const without = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  if (without === html) throw new Error('The page has no policy to take away.');
  return without;
}

/** The panel's script with a Markdown view that lets everything through. */
async function withoutSanitiser(): Promise<string> {
  let replaced = 0;
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/webview/main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    plugins: [
      {
        name: 'raw-markdown-view',
        setup(setup) {
          setup.onResolve({ filter: /\/markdown-view\.ts$/ }, () => {
            replaced++;
            return { path: join(import.meta.dirname, 'raw-markdown-view.ts') };
          });
        },
      },
    ],
  });
  if (replaced === 0) throw new Error('There is no Markdown view to replace.');
  return outputFiles[0]?.text ?? '';
}
