/**
 * `npm run bench:warm` [-- --json]: how much earlier the first token comes over a connection that was
 * opened while the question was typed, over TLS on a link of 50 ms each way. Each trial has a link of
 * its own, so that nothing is left of the one before: no connection and no TLS session.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Claude } from '../../src/core/claude/claude.ts';
import { connect } from '../../src/core/claude/connect.ts';
import { WarmConnection } from '../../src/host/connection/warm-connection.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { startSimulator } from '../fakes/messages-api/simulator.ts';
import { anyRequest, checked } from '../fakes/request.ts';
import { makeCertificate } from '../fakes/tls/certificate.ts';
import { trust } from '../fakes/tls/trust.ts';
import { bar, median, percentile, report } from './report.ts';
import { type SlowLink, startSlowLink } from './slow-link.ts';

const eachWayMs = 50;
const trials = 20;
/** A short question: long enough for the connection, too short for the pause that counts it. */
const typingMs = 1500;
const keyEveryMs = 150;

const certificate = makeCertificate();
using _ = trust(certificate);
await using simulator = await startSimulator(say('Hello.'), 0, certificate);
const serverPort = Number(new URL(simulator.url).port);

function connectionOver(link: SlowLink): Claude {
  return connect({
    apiKey: 'sk-ant-bench',
    baseUrl: `https://localhost:${link.port}`,
    idleTimeoutMs: 60_000,
    maxRetries: 0,
    onListenerError: (error) => {
      throw error;
    },
  });
}

/** Milliseconds from sending the question to its first text. */
async function firstToken(claude: Claude): Promise<number> {
  const sentAt = performance.now();
  let firstAt: number | null = null;
  await claude.streamReply(checked(anyRequest), {
    signal: new AbortController().signal,
    emit: (event) => {
      if (event.type === 'text') firstAt ??= performance.now();
    },
  });
  if (firstAt === null) throw new Error('No text came.');
  return firstAt - sentAt;
}

async function cold(): Promise<number> {
  await using link = await startSlowLink(serverPort, eachWayMs);
  return await firstToken(connectionOver(link));
}

interface Warmed {
  readonly firstTokenMs: number;
  readonly freeRequests: number;
  readonly connections: number;
}

async function warmed(): Promise<Warmed> {
  await using link = await startSlowLink(serverPort, eachWayMs);
  const claude = connectionOver(link);
  const before = simulator.requests.length;
  const warm = new WarmConnection({ connect: () => Promise.resolve(claude) });
  for (let typedMs = 0; typedMs < typingMs; typedMs += keyEveryMs) {
    warm.onTyping();
    await sleep(keyEveryMs);
  }
  warm.pause();
  const freeRequests = simulator.requests.length - before;
  const firstTokenMs = await firstToken(claude);
  return { firstTokenMs, freeRequests, connections: link.connections };
}

await cold();
const colds: number[] = [];
const warms: Warmed[] = [];
for (let trial = 0; trial < trials; trial++) {
  colds.push(await cold());
  warms.push(await warmed());
}
const times = warms.map(({ firstTokenMs }) => firstTokenMs);
const span = (values: readonly number[]): string =>
  `${median(values).toFixed(0)} ms (p95 ${percentile(values, 0.95).toFixed(0)})`;
report(
  'warm',
  [
    bar('first token, warmed minus cold, median', median(times) - median(colds), 'ms', -150),
    bar(
      'free requests while a question is typed for 1.5 s, most',
      Math.max(...warms.map(({ freeRequests }) => freeRequests)),
      'requests',
      1,
    ),
    bar(
      'connections for a question and what opened one for it, most',
      Math.max(...warms.map(({ connections }) => connections)),
      'connections',
      1,
    ),
  ],
  [
    `first token at ${eachWayMs} ms each way, ${trials} trials each in turn: cold ${span(colds)}, ` +
      `warmed ${span(times)}`,
  ],
);
