import { connect } from '../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../src/core/claude/reply-event.ts';
import { Emitter } from '../../src/core/emitter.ts';
import { fail, type Script, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';
import { anyRequest as request } from '../fakes/request.ts';
import { percentile } from './report.ts';

const now = (): number => performance.now();
/** Nothing, until the client goes away. */
const silent: Script = ({ closed }) =>
  new Promise((resolve) => closed.addEventListener('abort', () => resolve(), { once: true }));

interface Phase {
  readonly name: string;
  readonly script: Script;
  /** Whether this event, or the request's arrival, is the moment to stop. */
  readonly at: 'request' | ReplyEvent['type'];
}

const endless = say('word '.repeat(2000), { paceMs: 1, deltaLength: 5 });
const phases: readonly Phase[] = [
  { name: 'waiting for headers', script: silent, at: 'request' },
  { name: 'before the first text', script: say('late', { beforeMs: 60_000 }), at: 'usage' },
  { name: 'streaming', script: endless, at: 'text' },
  { name: 'stalled', script: sayThen('some', 'silence'), at: 'text' },
  {
    name: 'in the wait before a retry',
    script: fail(529, 'overloaded_error', 'busy', { 'retry-after': '30' }),
    at: 'retrying',
  },
];

export interface StopFigures {
  readonly outcomeP99: number;
  readonly closeP99: number;
  readonly textAfterStop: number;
}

/** Stops replies in every phase in turn and measures until the outcome and the server's close. */
export async function measureStops(trials: number): Promise<StopFigures> {
  await using simulator = await startSimulator(silent);
  const outcomes: number[] = [];
  const closes: number[] = [];
  let textAfterStop = 0;
  for (let trial = 0; trial < trials; trial++) {
    const phase = phases[trial % phases.length];
    if (phase === undefined) continue;
    simulator.answer(phase.script);
    const arrived = simulator.nextMessage();
    const stop = new AbortController();
    let stoppedAt = Number.NaN;
    const stopNow = (): void => {
      if (stop.signal.aborted) return;
      stoppedAt = now();
      stop.abort();
    };
    if (phase.at === 'request') void arrived.then(() => setImmediate(stopNow));
    const reply = connect({
      apiKey: 'sk-ant-bench',
      baseUrl: simulator.url,
      idleTimeoutMs: 60_000,
      maxRetries: 2,
      onListenerError: (error) => {
        throw error;
      },
    }).streamReply(request, {
      signal: stop.signal,
      onRetryNow: new Emitter<void>().event,
      emit: (event) => {
        if (event.type === 'text' && stop.signal.aborted) textAfterStop++;
        if (event.type === 'outcome') {
          if (event.outcome.kind !== 'stopped') throw new Error(`${phase.name}: not stopped`);
          outcomes.push(now() - stoppedAt);
        }
        // Not from within the SDK's own event, as no user could.
        if (event.type === phase.at) setImmediate(stopNow);
      },
    });
    const { ended } = await arrived;
    await reply;
    if ((await ended) === 'closed-by-client') closes.push(now() - stoppedAt);
    else if (phase.at !== 'retrying') throw new Error(`${phase.name}: the server saw no close`);
  }
  return {
    outcomeP99: percentile(outcomes, 0.99),
    closeP99: percentile(closes, 0.99),
    textAfterStop,
  };
}

/** How long after its limit a stall is found, at the worst, in milliseconds. */
export async function measureStall(trials: number): Promise<number> {
  await using simulator = await startSimulator(sayThen('some', 'silence'));
  const limitMs = 300;
  let worst = 0;
  for (let trial = 0; trial < trials; trial++) {
    let lastByteAt = Number.NaN;
    let endedAt = Number.NaN;
    await connect({
      apiKey: 'sk-ant-bench',
      baseUrl: simulator.url,
      idleTimeoutMs: limitMs,
      maxRetries: 0,
      onListenerError: () => {},
    }).streamReply(request, {
      signal: new AbortController().signal,
      emit: ({ type }) => {
        if (type === 'text') lastByteAt = now();
        if (type === 'outcome') endedAt = now();
      },
    });
    worst = Math.max(worst, endedAt - lastByteAt - limitMs);
  }
  return worst;
}
