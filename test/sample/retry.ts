import { sleep } from './sleep';

/** Calls `task` until it succeeds, waiting twice as long after each failure. */
export async function retry<T>(task: () => Promise<T>, attempts = 5): Promise<T> {
  let wait = 100;
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (attempt >= attempts) throw error;
      await sleep(wait + Math.random() * wait);
      wait *= 2;
    }
  }
}
