import { createRequire } from 'node:module';
import { LLMock } from '@copilotkit/aimock';

/** As much of the gateway as we use: it has no types. */
type GatewayServerClass = new (options: {
  readonly logger: boolean;
  readonly initialConfig: object;
}) => {
  start(): Promise<void>;
  readonly app: {
    addresses(): readonly { readonly port: number }[];
    close(): Promise<void>;
  };
};

// Its ES module needs a `require` that ES modules don't have.
const { default: GatewayServer } = createRequire(import.meta.url)('@musistudio/llms') as {
  readonly default: GatewayServerClass;
};

/** A gateway that others wrote, in front of a model that others simulate. */
export interface LlmsGateway extends AsyncDisposable {
  readonly url: string;
  /** A model that the gateway knows, as it wants it named. */
  readonly model: string;
}

/**
 * Starts `@musistudio/llms`, which speaks the Messages API and asks an OpenAI-like server, aimock.
 * @param answer what is answered to whatever is asked
 */
export async function startLlmsGateway(answer: string): Promise<LlmsGateway> {
  const mock = new LLMock({ port: 0 });
  mock.onMessage(/./, { content: answer });
  const upstream = await mock.start();
  const name = 'mock';
  const model = 'gpt-4o';
  const server = new GatewayServer({
    logger: false,
    initialConfig: {
      PORT: '0',
      HOST: '127.0.0.1',
      providers: [
        {
          name,
          api_base_url: `${upstream}/v1/chat/completions`,
          api_key: 'of-the-gateway',
          models: [model],
        },
      ],
    },
  });
  await server.start();
  const [address] = server.app.addresses();
  if (address === undefined) throw new Error('The gateway listens nowhere');
  return {
    url: `http://127.0.0.1:${address.port}`,
    model: `${name},${model}`,
    [Symbol.asyncDispose]: async () => {
      await server.app.close();
      await mock.stop();
    },
  };
}
