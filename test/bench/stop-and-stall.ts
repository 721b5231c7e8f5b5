import { connect } from '../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../src/core/claude/reply-event.ts';
import { Emitter } from '../../src/core/emitter.ts';
import { fail, type Script, say, sayThen } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../fakes/request.ts';
import { clientIs } from '../unit/faults/connecting.ts';

const now = (): number => performance.now();
/** Nothing, until the client goes away. */
const silent: Script = ({ closed }) =>
  new Promise((resolve) => closed.addEventListener('abort', () => resolve(), { once: true }));

interface Phase {
  readonly name: string;
  readonly script: Script;
  /** The moment to stop: the socket is being connected, the request has arrived, or this event. */
  readonly at: 'connect' | 'request' | ReplyEvent['type'];
}

const endless = say('word '.repeat(2000), { paceMs: 1, deltaLength: 5 });
const phases: readonly Phase[] = [
  { name: 'connecting', script: silent, at: 'connect' },
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
  /** Milliseconds from Stop to the outcome, for each trial. */
  readonly outcomes: readonly number[];
  /** Milliseconds from Stop until the server saw the connection close, where there was one. */
  readonly closes: readonly number[];
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
    // Stopped while it connects, it may never arrive.
    const arrived = phase.at === 'connect' ? null : simulator.nextMessage();
    const stop = new AbortController();
    let stoppedAt = Number.NaN;
    const stopNow = (): void => {
      if (stop.signal.aborted) return;
      stoppedAt = now();
      stop.abort();
    };
    if (phase.at === 'connect') {
      void clientIs('beforeConnect', Number(new URL(simulator.url).port)).then(stopNow);
    } else if (phase.at === 'request') void arrived?.then(() => setImmediate(stopNow));
    const reply = connect({
      apiKey: 'sk-ant-bench',
      baseUrl: simulator.url,
      idleTimeoutMs: 60_000,
      maxRetries: 2,
      onListenerError: (error) => {
        throw error;
      },
    }).streamReply(checked(anyRequest), {
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
    const request = await arrived;
    await reply;
    if (request === null) continue;
    if ((await request.ended) === 'closed-by-client') closes.push(now() - stoppedAt);
    else if (phase.at !== 'retrying') throw new Error(`${phase.name}: the server saw no close`);
  }
  return { outcomes, closes, textAfterStop };
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
    }).streamReply(checked(anyRequest), {
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
