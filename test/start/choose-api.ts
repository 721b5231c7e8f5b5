import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';

/** Where `npm start` gets its replies from. */
export interface Api extends AsyncDisposable {
  readonly settings: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** For the person at the terminal. */
  readonly notice: string;
}

/** The real API where there is a key, else our simulator of it, at a pace that one can read. */
export async function chooseApi(): Promise<Api> {
  const key = process.env['ANTHROPIC_API_KEY']?.trim() ?? '';
  if (key !== '') {
    return {
      settings: {},
      env: { ANTHROPIC_API_KEY: key },
      notice: 'ANTHROPIC_API_KEY is set: replies come from the Claude API and are billed to it.',
      async [Symbol.asyncDispose]() {},
    };
  }
  const script = say(sampleReply, { beforeMs: 700, paceMs: 28, deltaLength: 9 });
  const simulator = await startSimulator(script);
  return {
    settings: { 'claudeStream.baseUrl': simulator.url },
    env: { ANTHROPIC_API_KEY: 'sk-ant-simulated', ANTHROPIC_BASE_URL: simulator.url },
    notice:
      'ANTHROPIC_API_KEY is not set: replies are SIMULATED by a local server. They always say the\n' +
      'same, whatever you ask. Set the variable and start again to talk to Claude.',
    [Symbol.asyncDispose]: () => simulator[Symbol.asyncDispose](),
  };
}
