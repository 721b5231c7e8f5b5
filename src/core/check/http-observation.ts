/** One piece of a body, as it came in. */
export interface ObservedChunk {
  /** Milliseconds, on the clock of `HttpObservation`. */
  readonly at: number;
  /** Server-sent events that it completed, pings included. */
  readonly events: number;
  readonly pings: number;
}

/** One answer to a request: what HTTP says of it, and when its bytes came. Never what they say. */
export interface HttpObservation {
  readonly status: number;
  /** Without its parameters, in lower case; empty where there is none. */
  readonly contentType: string;
  /** The `date` header. */
  readonly date: string | null;
  /** The origin that a redirect leads to; null where it leads nowhere else. */
  readonly redirect: string | null;
  /** Milliseconds on a clock that never goes back. */
  readonly sentAt: number;
  readonly headersAt: number;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly headersTime: number;
  readonly chunks: readonly ObservedChunk[];
}

export interface ObservedFetch {
  readonly fetch: typeof fetch;
  /** The last answer; null where none came. */
  readonly lastObservation: HttpObservation | null;
}

/** A `fetch` that is watched: what goes through it is the same. */
export function observeFetch(
  baseFetch: typeof fetch,
  now: () => number,
  time: () => number,
): ObservedFetch {
  let lastObservation: HttpObservation | null = null;
  return {
    fetch: async (input, init) => {
      lastObservation = null;
      const sentAt = now();
      const response = await baseFetch(input, init);
      const chunks: ObservedChunk[] = [];
      const { status, statusText, headers, body } = response;
      lastObservation = {
        status,
        contentType: (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
        date: headers.get('date'),
        redirect: findRedirectOrigin(status, headers.get('location'), getUrl(input)),
        sentAt,
        headersAt: now(),
        headersTime: time(),
        chunks,
      };
      // Above 599 there is no status that a response can be made with.
      if (body === null || status > 599) return response;
      return new Response(body.pipeThrough(observeChunks(chunks, now)), {
        status,
        statusText,
        headers,
      });
    },
    get lastObservation() {
      return lastObservation;
    },
  };
}

/** Sees each piece on its way. */
function observeChunks(
  chunks: ObservedChunk[],
  now: () => number,
): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  /** The line that isn't finished. */
  let rest = '';
  return new TransformStream({
    transform: (chunk, controller) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\r|\n/);
      rest = lines.pop() ?? '';
      // By their data: gateways leave out the names of events.
      const events = lines.filter((line) => line.startsWith('data:'));
      const pings = events.filter((line) => /"type"\s*:\s*"ping"/.test(line));
      chunks.push({ at: now(), events: events.length, pings: pings.length });
      controller.enqueue(chunk);
    },
  });
}

function getUrl(input: Parameters<typeof fetch>[0]): string {
  return input instanceof Request ? input.url : String(input);
}

function findRedirectOrigin(status: number, location: string | null, from: string): string | null {
  if (status < 300 || status >= 400 || location === null || !URL.canParse(location, from)) {
    return null;
  }
  const { origin } = new URL(location, from);
  return origin === new URL(from).origin ? null : origin;
}
