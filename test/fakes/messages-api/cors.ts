import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorBody } from './wire.ts';

const optIn = 'anthropic-dangerous-direct-browser-access';
/** What the API itself says to organisations that let no browser in. */
const forbidden = 'CORS requests are not allowed for this Organization because of its settings.';

/** Whether a browser sends a request, on behalf of a page from elsewhere. */
export function isFromBrowser({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined;
}

/**
 * Answers the question that a browser asks before a request that isn't simple. The API's addresses for
 * batches don't take requests from browsers: they answer without a word about it.
 */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  const wanted = request.headers['access-control-request-headers'] ?? '';
  const isBatch = request.url?.startsWith('/v1/messages/batches') ?? false;
  if (!isBatch && wanted.split(',').includes(optIn)) {
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', wanted);
    response.setHeader('access-control-max-age', '600');
  }
  response.writeHead(204).end();
}

/** What browsers alone are refused with; null where they aren't. */
export function refuseBrowser(
  { headers }: IncomingMessage,
  isForbidden: boolean,
): { readonly status: number; readonly body: object } | null {
  const message =
    headers[optIn] !== 'true' ? `CORS requests must set '${optIn}' header` : forbidden;
  return headers[optIn] !== 'true' || isForbidden
    ? { status: 401, body: errorBody('authentication_error', message) }
    : null;
}
