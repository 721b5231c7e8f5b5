import { BrowserFetchError } from './classify-error.ts';

type Fetch = (...given: Parameters<typeof fetch>) => Promise<Response>;

/** A browser's `fetch`, whose failures can be told from others. What was aborted stays an abort. */
export function fetchInBrowser(given: Fetch = (...request) => fetch(...request)): Fetch {
  return async (input, init) => {
    try {
      return await given(input, init);
    } catch (error) {
      if (init?.signal?.aborted) throw error;
      throw new BrowserFetchError('The browser got no answer', { cause: error });
    }
  };
}
