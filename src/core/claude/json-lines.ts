/**
 * A longer line than this many characters is no result of ours: a reply has 128,000 tokens at most.
 */
const longestLine = 16_000_000;

/**
 * The lines of a body in UTF-8, each as JSON as soon as it is whole; undefined for one that isn't,
 * an unfinished last one included. Rejects where the body breaks off.
 */
export async function* jsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  // In pieces: a long line may come in thousands of chunks.
  let pieces: string[] = [];
  let length = 0;
  const take = (end: string): string => {
    const line = pieces.join('') + end;
    pieces = [];
    length = 0;
    return line;
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const parts = decoder.decode(value, { stream: !done }).split('\n');
      const tail = parts.pop() ?? '';
      for (const part of parts) {
        const line = take(part);
        if (line.trim() !== '') yield parse(line);
      }
      pieces.push(tail);
      length += tail.length;
      if (length > longestLine) throw new Error('A line of the results has no end');
      if (!done) continue;
      const last = take('');
      if (last.trim() !== '') yield parse(last);
      return;
    }
  } finally {
    // Whoever reads no further wants no more; what a cancelled reader says is of no interest.
    void reader.cancel().catch(() => {});
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
