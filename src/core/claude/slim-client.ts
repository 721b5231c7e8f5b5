import { BaseAnthropic, type ClientOptions } from '@anthropic-ai/sdk/client';
import { type APIError, AuthenticationError } from '@anthropic-ai/sdk/core/error';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { Models } from '@anthropic-ai/sdk/resources/models';
import { BrowserRefusedError } from './classify-error.ts';
import { fetchInBrowser } from './fetch-in-browser.ts';
import { followWithinOrigin } from './follow-within-origin.ts';

/**
 * The SDK's client with only the resources that we use. The full client holds every resource as a
 * field, which no bundler can shake off: this one makes a chunk of 128 KB instead of 438 KB.
 */
export class SlimClient extends BaseAnthropic {
  readonly messages = new Messages(asFullClient(this));
  readonly models = new Models(asFullClient(this));
  readonly #fromBrowser: boolean;

  constructor(given: ClientOptions) {
    const fromBrowser = given.dangerouslyAllowBrowser === true;
    const options: ClientOptions = {
      ...given,
      ...(fromBrowser ? { fetch: fetchInBrowser(given.fetch) } : {}),
      middleware: [followWithinOrigin],
      fetchOptions: { redirect: 'manual' },
    };
    super(options);
    this.#fromBrowser = fromBrowser;
    // The SDK mixes ANTHROPIC_CUSTOM_HEADERS into its copy of the options, with no switch against
    // it: whoever sets a workspace's environment could steer requests. Ours are put back.
    Reflect.set(this, '_options', options);
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
