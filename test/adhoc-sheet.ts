import { readdirSync, readFileSync } from 'node:fs';
import { launchBrowser } from './vscode/ensure-browser.ts';

const [out = '', dir = '', zoom = '0.6', ...names] = process.argv.slice(2);
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
const files = names.length ? names : readdirSync(dir).filter((f) => f.endsWith('.png'));
const img = (f: string) =>
  `<img style="zoom:${zoom};margin:6px;vertical-align:top" src="data:image/png;base64,${readFileSync(`${dir}/${f}.png`).toString('base64')}">`;
await page.setContent(`<body style="margin:0;background:#555">${files.map(img).join('')}`);
await page.screenshot({ path: out, fullPage: true });
await browser.close();
