import { textDelta } from '../../messages-api/wire.ts';
import { chunks, inChunks, lastChunk } from '../http.ts';
import { close, delta, open, start, stop } from '../message.ts';
import { type Scenario, send } from '../scenario.ts';

/** 10 MB on the wire, in characters of one to four bytes. */
export const largeText = 'zwölf 漢字 🎉 and more '.repeat(350_000);

/** Built for each run: kept, the two would hold tens of megabytes. */
function streamed(lineEnd: string): Scenario {
  return {
    script: () => {
      const events = [start, open, textDelta(0, largeText), close, delta, stop];
      const lines = events.map((event) => event.replaceAll('\n', lineEnd));
      return [send(inChunks, chunks(lines), lastChunk)];
    },
    cutting: 'random',
  };
}

export const large = {
  'one delta of 10 MB': streamed('\n'),
  'one delta of 10 MB, CRLF': streamed('\r\n'),
} satisfies Record<string, Scenario>;
