/* The thread of `deaf-listener.ts`. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { parentPort } from 'node:worker_threads';

const server = createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 });
await once(server, 'listening');
parentPort?.postMessage((server.address() as AddressInfo).port);
// The event loop, which would accept, never turns again; terminating the thread ends it.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
