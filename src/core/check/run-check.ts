import type { CheckedRequest } from '../claude/checked-request.ts';
import type { Claude } from '../claude/claude.ts';
import type { Model } from '../claude/model.ts';
import type { PriceOverrides } from '../claude/price.ts';
import { now } from '../conversation/clock.ts';
import type { L10n } from '../l10n.ts';
import { type Asked, judgeAnswer, judgeKey, judgeModel } from './judge-answer.ts';
import { judgeClock } from './judge-network.ts';
import {
  type CheckedSettings,
  type Credentials,
  judgeCredentials,
  judgeProxy,
  judgeSettings,
  withoutSockets,
} from './judge-setup.ts';
import { judgeStreaming } from './judge-streaming.ts';
import { lookBelowHttp } from './look-below-http.ts';
import type { Probe } from './probe.ts';
import type { ProxyInUse } from './proxy.ts';
import { type ObservedFetch, observeFetch } from './seen-answer.ts';
import { type StepName, type StepResult, skipped } from './step.ts';
import { Steps } from './steps.ts';
import { streamTestReply } from './stream-test-reply.ts';
import { testCost } from './test-request.ts';

export interface CheckParts {
  readonly settings: CheckedSettings;
  readonly prices: PriceOverrides;
  readonly credentials: Credentials;
  readonly proxy: ProxyInUse;
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
  readonly mayStream: (cost: number | null) => Promise<boolean>;
  /** Told before each step that takes time. */
  readonly onStep: (step: StepName) => void;
  readonly signal: AbortSignal;
  readonly l10n: L10n;
}

/**
 * Looks at every hop between a question and its reply, each by itself and then by the very requests
 * that questions take. Sends nothing that costs before `mayStream` has said yes. Never rejects.
 */
export async function runCheck(parts: CheckParts): Promise<readonly StepResult[]> {
  const { settings, credentials, proxy, l10n, signal } = parts;
  const steps = new Steps(parts.onStep, signal, l10n);
  steps.add('settings', judgeSettings(settings, l10n));
  steps.add('credentials', judgeCredentials(credentials, settings.baseUrl, l10n));
  steps.add('proxy', judgeProxy(proxy, l10n));
  await lookBelowHttp(steps, parts);
  if (steps.verdictOf('credentials') === 'failed') {
    for (const step of ['answer', 'clock', 'key', 'model', 'streaming'] as const) {
      steps.add(step, skipped(l10n.t('Needs the key and the secrets of the headers.')));
    }
    return steps.results;
  }
  const observed = observeFetch(parts.fetch, now, Date.now);
  const claude = parts.connect(observed.fetch);
  await askAbout(steps, parts, claude, observed);
  return steps.results;
}

/** What the API says to requests that cost nothing, and then to one that streams. */
async function askAbout(
  steps: Steps,
  parts: CheckParts,
  claude: Claude,
  observed: ObservedFetch,
): Promise<void> {
  const { settings, l10n, signal } = parts;
  const listed = await steps.take(
    'answer',
    async (): Promise<Asked<readonly Model[]>> => {
      const result = await claude.listModels(signal);
      return { result, seen: observed.last };
    },
    (asked) => judgeAnswer(asked, l10n),
  );
  if (listed === null || steps.verdictOf('answer') !== 'ok') {
    for (const step of ['clock', 'key', 'model', 'streaming'] as const) {
      steps.add(step, skipped(l10n.t('Needs an answer of the API.')));
    }
    return;
  }
  const { result, seen } = listed;
  steps.soften(
    ['name', 'connection', 'certificate'],
    l10n.t('Requests pass nonetheless, on a way that only VS Code knows: nothing is to be done.'),
  );
  const date = seen?.date ?? null;
  // What a browser's script can read of an answer hasn't its date.
  const cannotSee = parts.probe === null && date === null;
  steps.add(
    'clock',
    cannotSee ? withoutSockets(l10n) : judgeClock(date, seen?.headersTime ?? 0, l10n),
  );
  const counted = await steps.take(
    'model',
    () => claude.countInput(parts.testRequest, signal),
    (count) => judgeModel(settings.model, result, count, l10n),
  );
  if (counted !== null) steps.add('key', judgeKey(result, counted, l10n));
  if (steps.verdictOf('key') === 'failed' || steps.verdictOf('model') === 'failed') {
    steps.add('streaming', skipped(l10n.t('Needs a key and a model that are accepted.')));
    return;
  }
  await streamOne(steps, parts, claude, observed);
}

async function streamOne(
  steps: Steps,
  { settings, prices, testRequest, mayStream, l10n, signal }: CheckParts,
  claude: Claude,
  observed: ObservedFetch,
): Promise<void> {
  const may = !signal.aborted && (await mayStream(testCost(settings.model, prices)));
  if (!may) {
    steps.add(
      'streaming',
      skipped(l10n.t('Not tried: it costs a little, and you did not want it.')),
    );
    return;
  }
  await steps.take(
    'streaming',
    () => streamTestReply(claude, testRequest, observed, signal),
    (reply) => judgeStreaming(reply, l10n),
  );
}
