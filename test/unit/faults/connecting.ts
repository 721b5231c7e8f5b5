import { subscribe, unsubscribe } from 'node:diagnostics_channel';

type Moment = 'beforeConnect' | 'connected';

/** Settles when Node's `fetch` begins to connect to a port of this machine, or has connected. */
export function clientIs(moment: Moment, port: number): Promise<void> {
  const channel = `undici:client:${moment}`;
  return new Promise((resolve) => {
    const listener = (message: unknown): void => {
      if (portOf(message) !== String(port)) return;
      unsubscribe(channel, listener);
      resolve();
    };
    subscribe(channel, listener);
  });
}

function portOf(message: unknown): unknown {
  const { connectParams } = message as { readonly connectParams?: { readonly port?: unknown } };
  return connectParams?.port;
}
