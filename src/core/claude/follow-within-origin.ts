import type { Middleware } from '@anthropic-ai/sdk/client';

const mostRedirects = 5;

/**
 * Follows redirects that keep the method and stay with the server that the user has chosen. `fetch`
 * by itself would take the question along to any other, though not the key. In a browser none can
 * be followed: it doesn't tell where one leads.
 */
export const followWithinOrigin: Middleware = async (request, next) => {
  let { url } = request;
  let response = await next(request);
  for (let count = 0; count < mostRedirects; count++) {
    // A browser says neither where it leads nor how: it is as good as a redirect to anywhere.
    if (response.type === 'opaqueredirect') return new Response(null, { status: 307 });
    const location = response.headers.get('location');
    if ((response.status !== 307 && response.status !== 308) || location === null) break;
    if (!URL.canParse(location, url)) break;
    const target = new URL(location, url);
    if (target.origin !== new URL(url).origin) break;
    url = target.href;
    response = await next({ ...request, url });
  }
  return response;
};
