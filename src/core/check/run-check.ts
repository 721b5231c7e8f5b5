import type { CheckedRequest } from '../claude/checked-request.ts';
import type { Claude } from '../claude/claude.ts';
import type { Model } from '../claude/model.ts';
import type { L10n } from '../l10n.ts';
import { now } from '../time.ts';
import type { PriceOverrides } from '../usage/price.ts';
import type { Receipt } from '../usage/receipt.ts';
import {
  checkAnswer,
  checkKey,
  checkModel,
  judgeMissing,
  type ObservedResult,
} from './check-api.ts';
import {
  type ConnectionSettings,
  type Credentials,
  checkCredentials,
  checkProxy,
  checkSettings,
  skippedWithoutSockets,
} from './check-setup.ts';
import {
  checkStreaming,
  maxTestCost,
  type ObservedReply,
  streamTestReply,
} from './check-streaming.ts';
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
  /** Told of the receipt of the test's reply, for the ledger: it was paid for like any other. */
  readonly onReply?: (id: string, receipt: Receipt) => void;
  readonly signal: AbortSignal;
  readonly l10n: L10n;
}

/**
 * Looks at every hop between a question and its reply, each by itself and then by the very requests
 * that questions take. Sends nothing that costs before `confirmStream` has said yes. Never rejects.
 */
export async function runCheck(parts: CheckParts): Promise<readonly StepResult[]> {
  const steps = new CheckSteps(parts.onStep, parts.signal, parts.l10n);
  try {
    await check(steps, parts);
    return steps.complete();
  } catch (error) {
    return steps.complete(error);
  }
}

async function check(steps: CheckSteps, parts: CheckParts): Promise<void> {
  const { settings, credentials, proxy, l10n } = parts;
  steps.add('settings', checkSettings(settings, l10n));
  steps.add('credentials', checkCredentials(credentials, settings.baseUrl, l10n));
  steps.add('proxy', checkProxy(proxy, l10n));
  await checkTransport(steps, parts);
  if (steps.getStatus('credentials') === 'failed') {
    for (const step of ['answer', 'clock', 'key', 'model', 'streaming'] as const) {
      steps.add(step, skipped(l10n.t('Needs the key and the secrets of the headers.')));
    }
    return;
  }
  const observed = observeFetch(parts.fetch, now, Date.now);
  const claude = parts.connect(observed.fetch);
  await checkApi(steps, parts, claude, observed);
}

/** What the API says to requests that cost nothing, and then to one that streams. */
async function checkApi(
  steps: CheckSteps,
  parts: CheckParts,
  claude: Claude,
  observed: ObservedFetch,
): Promise<void> {
  const { settings, testRequest, l10n, signal } = parts;
  const count = async (): Promise<ObservedResult<number>> => {
    const result = await claude.countInput(testRequest, signal);
    return { result, observation: observed.lastObservation };
  };
  let counted: ObservedResult<number> | null = null;
  const listed = await steps.run(
    'answer',
    async (): Promise<ObservedResult<readonly Model[]>> => {
      const result = await claude.listModels(signal);
      const { lastObservation: seen } = observed;
      // Not every server has a list: another request tells whether the API is elsewhere.
      if (seen?.status === 404) counted = await count();
      return { result, observation: seen };
    },
    (asked) => checkAnswer(asked.observation?.status === 404 ? (counted ?? asked) : asked, l10n),
  );
  const verdict = steps.getStatus('answer');
  if (listed === null || (verdict !== 'ok' && verdict !== 'note')) {
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
  const tried = await steps.run(
    'model',
    async () => (counted ?? (await count())).result,
    (asked) => checkModel(settings.model, result, asked, l10n),
  );
  if (tried !== null) steps.add('key', checkKey(result, tried, l10n));
  if (steps.getStatus('key') === 'failed' || steps.getStatus('model') === 'failed') {
    steps.add('streaming', skipped(l10n.t('Needs a key and a model that are accepted.')));
    return;
  }
  const reply = await testStreaming(steps, parts, claude, observed);
  // Nothing but 404: if a reply doesn't prove the opposite, the base URL is wrong.
  if (verdict === 'note' && !isFromApi(reply))
    steps.add('answer', judgeMissing(listed.observation, l10n));
}

/** Whether a reply came, or failed in a way in which only an API fails. */
function isFromApi(reply: ObservedReply | null): boolean {
  if (reply === null) return false;
  const { outcome } = reply;
  return outcome.kind !== 'broken' || outcome.failure.kind !== 'not-found';
}

async function testStreaming(
  steps: CheckSteps,
  { settings, prices, testRequest, confirmStream, onReply, l10n, signal }: CheckParts,
  claude: Claude,
  observed: ObservedFetch,
): Promise<ObservedReply | null> {
  const isConfirmed = !signal.aborted && (await confirmStream(maxTestCost(settings.model, prices)));
  if (!isConfirmed) {
    steps.add(
      'streaming',
      skipped(l10n.t('Not tried: it costs a little, and you did not want it.')),
    );
    return null;
  }
  return steps.run(
    'streaming',
    () => streamTestReply(claude, testRequest, observed, { signal, prices, onReply }),
    (reply) => checkStreaming(reply, l10n),
  );
}
