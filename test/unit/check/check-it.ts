import { testRequest } from '../../../src/core/check/check-streaming.ts';
import { type CheckParts, runCheck } from '../../../src/core/check/run-check.ts';
import type { CheckStatus, StepName, StepResult } from '../../../src/core/check/steps.ts';
import { connect } from '../../../src/core/claude/connect.ts';
import { probeSockets } from '../../../src/node/probe-sockets.ts';
import { canaryKey, canaryOfHeaders } from '../../fakes/canary-key.ts';
import { english } from '../../fakes/english.ts';
import { checked } from '../../fakes/request.ts';

export interface Checked {
  readonly results: readonly StepResult[];
  readonly verdicts: Partial<Record<StepName, CheckStatus>>;
  /** What was found and advised at a hop. */
  said(step: StepName): string;
}

export interface CheckOptions extends Partial<CheckParts> {
  readonly key?: string;
  readonly model?: string;
}

/** Checks the connection to a base URL as the command does, with the key and a header that are canaries. */
export async function checkIt(baseUrl: string, options: CheckOptions = {}): Promise<Checked> {
  const { key = canaryKey, model = 'claude-sonnet-5-5', ...parts } = options;
  const headers = { 'x-gateway': `Bearer ${canaryOfHeaders}` };
  const results = await runCheck({
    settings: { baseUrl, authorization: 'bearer', headers, model },
    prices: {},
    credentials: { key: { value: key, source: 'stored' }, missingSecrets: [] },
    proxy: { kind: 'none' },
    probe: probeSockets(1000),
    connect: (watched) =>
      connect({
        apiKey: key,
        baseUrl,
        headers,
        secrets: [canaryOfHeaders],
        fetch: watched,
        idleTimeoutMs: 5000,
        maxRetries: 0,
        onListenerError: (error) => {
          throw error;
        },
      }),
    fetch: globalThis.fetch,
    testRequest: checked(testRequest(model)),
    confirmStream: () => Promise.resolve(true),
    onStep: () => {},
    signal: new AbortController().signal,
    l10n: english,
    ...parts,
  });
  return {
    results,
    verdicts: Object.fromEntries(results.map(({ step, status: verdict }) => [step, verdict])),
    said: (step) => {
      const { message: found = '', advice = null } =
        results.find((result) => result.step === step) ?? {};
      return `${found} ${advice ?? ''}`;
    },
  };
}
