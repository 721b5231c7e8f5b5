import { BaseAnthropic, type ClientOptions, type Middleware } from '@anthropic-ai/sdk/client';
import { type APIError, AuthenticationError } from '@anthropic-ai/sdk/core/error';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { Models } from '@anthropic-ai/sdk/resources/models';
import { BrowserFetchError, BrowserRefusedError } from './classify-error.ts';
import { wellFormed } from './well-formed.ts';

/**
 * The SDK's client with only the resources that we use. The full client holds every resource as a
 * field, which no bundler can shake off: this one makes a bundle of 128 KB instead of 438 KB.
 */
export class SlimClient extends BaseAnthropic {
  readonly messages = new Messages(asFullClient(this));
  readonly models = new Models(asFullClient(this));
  readonly #fromBrowser: boolean;

  constructor(clientOptions: ClientOptions) {
    const fromBrowser = clientOptions.dangerouslyAllowBrowser === true;
    const options: ClientOptions = {
      ...clientOptions,
      ...(fromBrowser ? { fetch: createBrowserFetch(clientOptions.fetch) } : {}),
      middleware: [followSameOriginRedirects],
      fetchOptions: { redirect: 'manual' },
    };
    super(options);
    this.#fromBrowser = fromBrowser;
    // The SDK mixes ANTHROPIC_CUSTOM_HEADERS into its copy of the options, with no switch against
    // it: whoever sets a workspace's environment could steer requests. Ours are put back.
    Reflect.set(this, '_options', options);
  }

  /** The one place that everything sent passes: the API takes only well-formed Unicode. */
  protected override async prepareOptions(
    ...[options]: Parameters<BaseAnthropic['prepareOptions']>
  ): Promise<void> {
    options.body = wellFormed(options.body);
    await super.prepareOptions(options);
  }

  protected override makeStatusError(
    ...answer: Parameters<BaseAnthropic['makeStatusError']>
  ): APIError {
    const [, body, message, headers] = answer;
    const error = super.makeStatusError(...answer);
    return this.#fromBrowser && error instanceof AuthenticationError
      ? new BrowserRefusedError(401, body, message, headers)
      : error;
  }
}

/** Resources are typed for the full client; they use nothing of it beyond the base. */
function asFullClient(client: BaseAnthropic): ConstructorParameters<typeof Messages>[0] {
  return client as unknown as ConstructorParameters<typeof Messages>[0];
}

type Fetch = (...given: Parameters<typeof fetch>) => Promise<Response>;

/** A browser's `fetch`, whose failures can be told from others. What was aborted stays an abort. */
function createBrowserFetch(baseFetch: Fetch = (...request) => fetch(...request)): Fetch {
  return async (input, init) => {
    try {
      return await baseFetch(input, init);
    } catch (error) {
      if (init?.signal?.aborted) throw error;
      throw new BrowserFetchError('The browser got no answer', { cause: error });
    }
  };
}

const maxRedirects = 5;

/**
 * Follows redirects that keep the method and stay with the server that the user has chosen. `fetch`
 * by itself would take the question along to any other, though not the key. In a browser none can
 * be followed: it doesn't tell where one leads.
 */
const followSameOriginRedirects: Middleware = async (request, next) => {
  let { url } = request;
  let response = await next(request);
  for (let count = 0; count < maxRedirects; count++) {
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
