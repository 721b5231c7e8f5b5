import { readdirSync, readFileSync } from 'node:fs';
import { type Headers, head } from './http.ts';
import { end, repeat, type Scenario, send } from './scenario.ts';

/*
 * Replies as gateways and proxies really send them: see `test/cases/sse/README.md`.
 */

const folder = new URL('../../cases/sse/', import.meta.url);

/** What a user must get for a recorded reply. */
export interface RecordedEnd {
  readonly outcome: 'complete' | 'broken';
  readonly text: string;
  readonly thinking?: string;
  /** How many requests are sent; left out where it doesn't matter. */
  readonly requests?: number;
  readonly usage?: { readonly input: number; readonly output: number };
  /** The kind of the failure. */
  readonly failure?: string;
  /** What stands in the sentence that is shown, in whatever case. */
  readonly says?: string;
}

interface Head {
  readonly status: number;
  readonly headers: Headers;
  readonly hold: false | 'ping';
  readonly gap: number | null;
}

export const recordedEnds: Readonly<Record<string, RecordedEnd>> = JSON.parse(
  readFileSync(new URL('expected.json', folder), 'utf8'),
);

export const recordedNames: readonly string[] = readdirSync(folder).filter((name) =>
  name.endsWith('.http'),
);

/** Sends a recorded reply, byte for byte. */
export function recorded(name: string): Scenario {
  const file = readFileSync(new URL(name, folder));
  const headEnd = file.indexOf('\n');
  const { status, headers, hold, gap }: Head = JSON.parse(file.subarray(0, headEnd).toString());
  const after = hold === 'ping' ? repeat('event: ping\ndata: {"type": "ping"}\n\n', 20, 1000) : end;
  const whole = head(`${status} Recorded`, { ...headers, connection: 'close' });
  return {
    script: () => [send(whole, file.subarray(headEnd + 1)), after],
    cutting: gap === null ? 'random' : 'drip',
  };
}
