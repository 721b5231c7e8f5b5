import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import commonmark from 'commonmark-spec';
import { attacks } from './attacks.ts';

/** Markdown that a model may write, and where it is from. */
export interface Payload {
  readonly name: string;
  readonly text: string;
}

interface Fixture {
  readonly id: number;
  readonly payload: string;
}

const dompurifyFile = readFileSync(join(import.meta.dirname, 'dompurify.json'), 'utf8');
const dompurify = JSON.parse(dompurifyFile) as readonly Fixture[];

export const payloads: Readonly<Record<string, readonly Payload[]>> = {
  'DOMPurify’s fixtures': dompurify.map(({ id, payload }) => ({
    name: `DOMPurify ${id}`,
    text: payload,
  })),
  'CommonMark’s examples': commonmark.tests.map(({ number, markdown }) => ({
    name: `CommonMark ${number}`,
    text: markdown.replaceAll('→', '\t'),
  })),
  'our own attacks': attacks.map((text) => ({ name: text.slice(0, 60), text })),
};
