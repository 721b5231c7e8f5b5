/** One line on stderr for something slow, with the time it has taken. */

export interface Progress {
  /** Says that something happened; redraws the elapsed time at most once a second. */
  tick(): void;
  done(): void;
  failed(): void;
}

export function startProgress(what: string): Progress {
  const start = Date.now();
  const interactive = process.stderr.isTTY === true;
  const elapsed = (): string => `${Math.round((Date.now() - start) / 1000)} s`;
  const draw = (): void => {
    process.stderr.write(`\r${what} … ${elapsed()} `);
  };

  // In a terminal the line lives; in a log it would be noise, so there are a start and an end.
  if (!interactive) process.stderr.write(`${what} …\n`);
  const timer = interactive ? setInterval(draw, 1000) : undefined;
  timer?.unref();
  let lastTick = 0;

  const end = (how: string): void => {
    clearInterval(timer);
    process.stderr.write(`${interactive ? '\r' : ''}${what}: ${how} after ${elapsed()}\n`);
  };
  return {
    tick() {
      if (!interactive || Date.now() - lastTick < 1000) return;
      lastTick = Date.now();
      draw();
    },
    done: () => end('done'),
    failed: () => end('failed'),
  };
}
