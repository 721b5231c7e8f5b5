import type { FileRun } from '../../core/batches/file-run.ts';
import { encodeRecords, type RunRecord, replayRun } from '../../core/batches/run-journal.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';

/** Runs on the disk, each as a journal, shared by all windows. Keeps nothing between two calls. */
export class RunStore {
  readonly #storage: JournalStorage;

  constructor(storage: JournalStorage) {
    this.#storage = storage;
  }

  /**
   * Newest first; what can't be read as a run is left out. Rejects where the disk can't be read.
   */
  async list(): Promise<readonly FileRun[]> {
    const runs = await Promise.all((await this.#storage.list()).map((id) => this.read(id)));
    return runs.filter((run) => run !== null).toSorted((a, b) => b.plan.at - a.plan.at);
  }

  /** Null where there is no such run. Rejects as `list` does. */
  async read(id: string): Promise<FileRun | null> {
    const text = await this.#storage.read(id);
    return text === null ? null : replayRun(text);
  }

  /** Resolves when it is on the disk. Rejects where the disk refuses it. */
  async append(id: string, ...records: readonly RunRecord[]): Promise<void> {
    if (records.length === 0) return;
    await this.#storage.append(id, encodeRecords(records));
    if (records.some(({ type }) => type === 'ended')) await this.#storage.tidy(id);
  }

  delete(id: string): Promise<void> {
    return this.#storage.delete(id);
  }
}
