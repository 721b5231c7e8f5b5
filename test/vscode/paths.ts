/** The folders of this repository that the harness reads and writes. */
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..');

/** Ignored by git; test-electron keeps its downloads there too. */
export const testCacheFolder = join(repository, '.vscode-test');

/** Where a failed browser test leaves its screenshot and console log. */
export const failuresFolder = join(testCacheFolder, 'failures');
