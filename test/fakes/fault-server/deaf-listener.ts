import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** A port whose listener never accepts a connection. */
export interface DeafListener extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
}

/**
 * Listens in a thread that then stands still. The kernel takes the first few connections for it and
 * leaves the later ones waiting, as a host does that drops packets. With `isFull` those first few
 * are taken already.
 */
export async function startDeafListener(isFull: boolean): Promise<DeafListener> {
  const worker = new Worker(new URL('./deaf-listener-thread.ts', import.meta.url));
  const [port]: number[] = await once(worker, 'message');
  if (port === undefined) throw new Error('The thread has no port');
  const fillers: Socket[] = [];
  if (isFull) {
    // A backlog of 1 holds two connections on Linux; a third might wait for ever, here too.
    for (let count = 0; count < 2; count++) {
      const filler = connect(port, '127.0.0.1');
      filler.on('error', () => {});
      fillers.push(filler);
      await once(filler, 'connect');
    }
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
