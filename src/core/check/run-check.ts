import type { CheckedRequest } from '../claude/checked-request.ts';
import type { Claude } from '../claude/claude.ts';
import type { Model } from '../claude/model.ts';
import type { L10n } from '../l10n.ts';
import { now } from '../time.ts';
import type { PriceOverrides } from '../usage/price.ts';
import { checkAnswer, checkKey, checkModel, type ObservedResult } from './check-api.ts';
import {
  type ConnectionSettings,
  type Credentials,
  checkCredentials,
  checkProxy,
  checkSettings,
  skippedWithoutSockets,
} from './check-setup.ts';
import { checkStreaming, maxTestCost, streamTestReply } from './check-streaming.ts';
import { checkClock, checkTransport } from './check-transport.ts';
import { type ObservedFetch, observeFetch } from './http-observation.ts';
import type { Probe } from './probe.ts';
import type { ResolvedProxy } from './proxy.ts';
import { CheckSteps, type StepName, type StepResult, skipped } from './steps.ts';

export interface CheckParts {
  readonly settings: ConnectionSettings;
  readonly prices: PriceOverrides;
  readonly credentials: Credentials;
  readonly proxy: ResolvedProxy;
  /** Null where there are no sockets. */
  readonly probe: Probe | null;
  /** A connection as replies have it, but with a `fetch` that is watched. */
  readonly connect: (watched: typeof fetch) => Claude;
  readonly fetch: typeof fetch;
  /** What `testRequest` makes. */
  readonly testRequest: CheckedRequest;
  /**
   * Whether a small reply may be asked for.
   * @param cost US dollars at the most; null where the price isn't known
   */
  readonly confirmStream: (cost: number | null) => Promise<boolean>;
  /** Told before each step that takes time. */
  readonly onStep: (step: StepName) => void;
  readonly signal: AbortSignal;
  readonly l10n: L10n;
}

/**
 * Looks at every hop between a question and its reply, each by itself and then by the very requests
 * that questions take. Sends nothing that costs before `confirmStream` has said yes. Never rejects.
 */
export async function runCheck(parts: CheckParts): Promise<readonly StepResult[]> {
  const { settings, credentials, proxy, l10n, signal } = parts;
  const steps = new CheckSteps(parts.onStep, signal, l10n);
  steps.add('settings', checkSettings(settings, l10n));
  steps.add('credentials', checkCredentials(credentials, settings.baseUrl, l10n));
  steps.add('proxy', checkProxy(proxy, l10n));
  await checkTransport(steps, parts);
  if (steps.getStatus('credentials') === 'failed') {
    for (const step of ['answer', 'clock', 'key', 'model', 'streaming'] as const) {
      steps.add(step, skipped(l10n.t('Needs the key and the secrets of the headers.')));
    }
    return steps.results;
  }
  const observed = observeFetch(parts.fetch, now, Date.now);
  const claude = parts.connect(observed.fetch);
  await checkApi(steps, parts, claude, observed);
  return steps.results;
}

/** What the API says to requests that cost nothing, and then to one that streams. */
async function checkApi(
  steps: CheckSteps,
  parts: CheckParts,
  claude: Claude,
  observed: ObservedFetch,
): Promise<void> {
  const { settings, l10n, signal } = parts;
  const listed = await steps.run(
    'answer',
    async (): Promise<ObservedResult<readonly Model[]>> => {
      const result = await claude.listModels(signal);
      return { result, observation: observed.lastObservation };
    },
    (asked) => checkAnswer(asked, l10n),
  );
  if (listed === null || steps.getStatus('answer') !== 'ok') {
    for (const step of ['clock', 'key', 'model', 'streaming'] as const) {
      steps.add(step, skipped(l10n.t('Needs an answer of the API.')));
    }
    return;
  }
  const { result, observation: seen } = listed;
  steps.downgradeFailures(
    ['name', 'connection', 'certificate'],
    l10n.t('Requests pass nonetheless, on a way that only VS Code knows: nothing is to be done.'),
  );
  const date = seen?.date ?? null;
  // What a browser's script can read of an answer hasn't its date.
  const cannotSee = parts.probe === null && date === null;
  steps.add(
    'clock',
    cannotSee ? skippedWithoutSockets(l10n) : checkClock(date, seen?.headersTime ?? 0, l10n),
  );
  const counted = await steps.run(
    'model',
    () => claude.countInput(parts.testRequest, signal),
    (count) => checkModel(settings.model, result, count, l10n),
  );
  if (counted !== null) steps.add('key', checkKey(result, counted, l10n));
  if (steps.getStatus('key') === 'failed' || steps.getStatus('model') === 'failed') {
    steps.add('streaming', skipped(l10n.t('Needs a key and a model that are accepted.')));
    return;
  }
  await testStreaming(steps, parts, claude, observed);
}

async function testStreaming(
  steps: CheckSteps,
  { settings, prices, testRequest, confirmStream, l10n, signal }: CheckParts,
  claude: Claude,
  observed: ObservedFetch,
): Promise<void> {
  const isConfirmed = !signal.aborted && (await confirmStream(maxTestCost(settings.model, prices)));
  if (!isConfirmed) {
    steps.add(
      'streaming',
      skipped(l10n.t('Not tried: it costs a little, and you did not want it.')),
    );
    return;
  }
  await steps.run(
    'streaming',
    () => streamTestReply(claude, testRequest, observed, signal),
    (reply) => checkStreaming(reply, l10n),
  );
}
