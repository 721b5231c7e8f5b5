import { createServer } from 'node:net';
import { closeServer, listenLocally } from '../listen-locally.ts';
import { Connection } from './connection.ts';
import type { Random } from './random.ts';
import { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

export interface FaultServer extends AsyncDisposable {
  readonly origin: string;
  /** Every connection that was ever made, oldest first. */
  readonly connections: readonly Connection[];
  /** Answers the requests to the run's own base URL by this scenario. */
  play(scenario: Scenario, random: Random): Run;
}

/**
 * A server that does with a connection whatever a scenario says, byte for byte. It sits on raw
 * sockets: `node:http` would mend much of what is meant to be broken.
 */
export async function startFaultServer(): Promise<FaultServer> {
  const connections: Connection[] = [];
  const runs = new Map<string, Run>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = new Connection(socket, (request, from) => {
      const run = runs.get(request.path.split('/')[1] ?? '');
      if (run === undefined) throw new Error(`No run has the path ${request.path}`);
      run.received(request, from);
      return run;
    });
    connections.push(connection);
  });
  const port = await listenLocally(server);
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    connections,
    play: (scenario, random) => {
      // Many runs share the server, and so the client's pool of connections.
      const name = `run-${runs.size + 1}`;
      const run = new Run(`${origin}/${name}`, scenario, random);
      runs.set(name, run);
      return run;
    },
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}
