/**
 * `npm run bench:size` [-- --json]: what is downloaded and what is loaded: the package and its parts, and
 * what gzip makes of them.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { sizeLimits } from '../package/size-limits.ts';
import { bar, report } from './report.ts';

const kilobyte = 1024;
const kilobytes = (bytes: number): string => `${(bytes / kilobyte).toFixed(1)} KB`;

// Its words go to the error output: the other is the figures' alone.
const packed = spawnSync('npm', ['run', 'package'], { stdio: ['ignore', 2, 'inherit'] });
if (packed.status !== 0) throw new Error(`npm run package ended with ${packed.status}.`);

report(
  'size',
  sizeLimits.map(([file, most]) => bar(file, readFileSync(file).length / kilobyte, 'KB', most)),
  globSync('dist/*.{cjs,js}')
    .sort()
    .map((file) => {
      const content = readFileSync(file);
      return `${file}: ${kilobytes(content.length)}, ${kilobytes(gzipSync(content).length)} gzipped`;
    }),
);
