/** Finds a word in whatever a VS Code has left behind, also where it was written in another way. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A word as it may be written: by itself in any case, in a URL, in base64, in hexadecimal digits. */
export function formsOf(word: string): readonly string[] {
  const forms = new Set([word, encodeURIComponent(word), Buffer.from(word).toString('hex')]);
  // Base64 writes three bytes at a time, so it depends on how many stand before the word.
  for (const before of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]);
    for (const alphabet of ['base64', 'base64url'] as const) {
      const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString(alphabet);
      // The first four characters also depend on what the bytes before are.
      forms.add(before === 0 ? whole : whole.slice(4));
    }
  }
  return [...forms];
}

/** Case never matters: a header's name, a log or a file system may have changed it. */
export function holds(text: string, forms: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return forms.some((form) => lower.includes(form.toLowerCase()));
}

/** The files of a folder, by their paths in it, that have one of the forms in their name or in them. */
export async function filesWith(
  folder: string,
  forms: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const shown = relative(folder, path);
    // A link leads to what VS Code has read, not to what it has written.
    if (holds(shown, forms) || (entry.isFile() && holds(await readFile(path, 'latin1'), forms))) {
      found.push(shown);
    }
  }
  return found;
}
