import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/core/claude/api-key.ts';
import type { ReplyOptions } from '../../../src/core/claude/claude.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { RetryPolicy } from '../../../src/core/claude/retry.ts';
import { SlimClient } from '../../../src/core/claude/slim-client.ts';
import { streamReply } from '../../../src/core/claude/stream-reply.ts';
import type { FaultServer } from '../../fakes/fault-server/fault-server.ts';
import { Random } from '../../fakes/fault-server/random.ts';
import type { Run } from '../../fakes/fault-server/run.ts';
import type { Scenario } from '../../fakes/fault-server/scenario.ts';
import { checked } from '../../fakes/request.ts';
import type { Expectation } from './expectation.ts';
import { Progress } from './progress.ts';
import { apiKey, request } from './request.ts';
import { within } from './within.ts';

/** How long a connection may take to close after the outcome. */
const closingMs = 3000;

/** Plays a scenario to one reply and holds what comes of it against what is expected. */
export async function play(
  server: FaultServer,
  scenario: Scenario,
  expected: Expectation,
  seed: number,
): Promise<void> {
  const run = server.play(scenario, new Random(seed));
  const stop = new AbortController();
  const events: ReplyEvent[] = [];
  const progress = new Progress(expected);
  if (expected.stoppedByUser) void run.repeatedEnough.then(() => stop.abort());
  const emit = (event: ReplyEvent): void => {
    events.push(event);
    progress.add(event);
    if (progress.isAllSeen) run.goOn();
  };
  const reply = start(run, expected, { signal: stop.signal, emit }, once);
  try {
    await within(expected.deadlineMs, () => `the outcome, after ${JSON.stringify(events)}`, reply);
  } finally {
    // A reply that hangs must not hold up the others.
    stop.abort();
    run.goOn();
  }
  await within(closingMs, () => 'the connection at rest', run.atRest());
  check(events, expected, progress);
}

const once: RetryPolicy = { maxRetries: 0, maxWaitMs: 0 };

/** As `connect` does, but with a headers limit of our own. */
export function start(
  run: Run,
  { headersTimeoutMs, idleTimeoutMs }: Expectation,
  options: ReplyOptions,
  retry: RetryPolicy,
): Promise<void> {
  const client = new SlimClient({
    apiKey,
    baseURL: run.baseUrl,
    maxRetries: 0,
    timeout: headersTimeoutMs,
    openTelemetry: false,
    logLevel: 'off',
  });
  const onListenerError = (error: unknown): void => {
    throw error;
  };
  const redact = createRedactor(apiKey);
  const settings = {
    account: 'test',
    redact,
    headersTimeoutMs,
    idleTimeoutMs,
    retry,
    onListenerError,
  };
  return streamReply(client, checked(request), options, settings);
}

function check(events: readonly ReplyEvent[], expected: Expectation, progress: Progress): void {
  const outcomes = events.filter((event) => event.type === 'outcome');
  assert.equal(outcomes.length, 1, 'exactly one outcome');
  const [last] = outcomes;
  assert.ok(last !== undefined && events.at(-1) === last, 'nothing after the outcome');
  const { text, thinking, usage, stopReason } = expected;
  if (expected.textMayBreakOff) {
    assert.ok(text.startsWith(progress.text), `a beginning of the text: ${progress.text}`);
  } else {
    assert.deepEqual(progress.shown, { text, thinking, usage, stopReason });
  }
  const said = expected.outcomes.find((outcome) => isSame(outcome, last.outcome));
  assert.deepEqual(last.outcome, said ?? expected.outcomes[0]);
  assert.ok(!JSON.stringify(events).includes(apiKey), 'the key is in no event');
  for (const event of events) {
    if (event.type === 'text') assert.equal(typeof event.text, 'string');
    if (event.type === 'connected' && usage !== null) {
      assert.equal(event.requestId, 'req_simulated');
    }
    if (event.type === 'usage' && event.final) assert.notEqual(stopReason, null);
  }
}

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
