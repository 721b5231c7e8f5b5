import type { Stage } from './stages.ts';

/**
 * Runs stages beside each other on as many cores as there are, each as soon as `ready` has settled for it
 * and the one that it comes after is done; those that stand first go first.
 */
export async function schedule(
  stages: readonly Stage[],
  cores: number,
  ready: (stage: Stage) => Promise<void>,
  run: (stage: Stage) => Promise<void>,
): Promise<void> {
  const waiting = new Set(stages);
  const canRun = new Set<Stage>();
  const running = new Map<Stage, Promise<void>>();
  const unfinished = new Set(stages.map(({ name }) => name));
  let wake = (): void => {};
  for (const stage of stages) {
    void ready(stage).then(() => {
      canRun.add(stage);
      wake();
    });
  }
  while (waiting.size > 0) {
    const change = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let free = cores - [...running.keys()].reduce((sum, stage) => sum + stage.cores, 0);
    for (const stage of waiting) {
      const comesLater = stage.after !== undefined && unfinished.has(stage.after);
      if (!canRun.has(stage) || comesLater) continue;
      // Not past a stage that needs the whole machine: it would never get it.
      if (stage.cores > free) break;
      free -= stage.cores;
      waiting.delete(stage);
      const done = run(stage).finally(() => {
        running.delete(stage);
        unfinished.delete(stage.name);
        wake();
      });
      running.set(stage, done);
    }
    if (waiting.size > 0) await change;
  }
  await Promise.all(running.values());
}
