export interface Subscription {
  dispose(): void;
}

/** Several subscriptions as one, which ends them in this order. */
export function joinSubscriptions(...subscriptions: readonly Subscription[]): Subscription {
  return {
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** One thing that happens, and who wants to know. Listeners are told in the order they came. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event = (listener: (value: T) => void): Subscription => {
    // Wrapped, so that the same function may listen twice.
    const entry = (value: T): void => listener(value);
    this.#listeners.add(entry);
    return { dispose: () => this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
