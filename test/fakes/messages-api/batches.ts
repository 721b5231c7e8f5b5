import { type MessageBody, wholeMessage } from './wire.ts';

/** One request of a batch, as it was sent. */
export interface BatchedRequest {
  readonly custom_id: string;
  readonly params: MessageBody;
}

export type SimulatedResult =
  | { readonly type: 'succeeded'; readonly message: object }
  | { readonly type: 'errored'; readonly error: object }
  | { readonly type: 'canceled' }
  | { readonly type: 'expired' };

export interface SimulatedBatch {
  readonly id: string;
  readonly createdAt: Date;
  readonly requests: readonly BatchedRequest[];
  phase: 'in_progress' | 'canceling' | 'ended';
  /** How many requests were answered before it was canceled. */
  answeredBefore: number;
}

/** `GET` and `POST /v1/messages/batches…`, in the API's wire format. A batch ends when it is told to. */
export class SimulatedBatches {
  readonly created: SimulatedBatch[] = [];
  /** Where `results_url` leads; never asked for by a client that keeps its key to itself. */
  resultsOrigin = 'https://api.anthropic.com';
  /** Batches end by themselves once they were asked about so often; null leaves it to the test. */
  endAfterPolls: number | null = null;
  /** What becomes of a request. */
  resultOf: (request: BatchedRequest) => SimulatedResult = ({ custom_id, params }) => ({
    type: 'succeeded',
    message: wholeMessage(params.model, `Answer to ${custom_id}.`),
  });
  /** The last word on the results' lines. The API gives them in no order: here the last comes first. */
  linesOf: (lines: readonly string[]) => string = (lines) =>
    lines
      .toReversed()
      .map((line) => `${line}\n`)
      .join('');
  /** How far the API's clock is ahead of this machine's, in milliseconds. */
  clockAheadMs = 0;
  #polls = 0;

  create(requests: readonly BatchedRequest[]): object {
    const id = `msgbatch_${String(this.created.length + 1).padStart(4, '0')}`;
    const batch: SimulatedBatch = {
      id,
      createdAt: new Date(Date.now() + this.clockAheadMs),
      requests,
      phase: 'in_progress',
      answeredBefore: requests.length,
    };
    this.created.push(batch);
    return this.#shown(batch);
  }

  /** Ends the last batch that was created, or the one named. */
  end(id = this.created.at(-1)?.id): void {
    const batch = this.created.find((known) => known.id === id);
    if (batch !== undefined) batch.phase = 'ended';
  }

  list(): object {
    const data = this.created.toReversed().map((batch) => this.#shown(batch));
    return { data, has_more: false, first_id: null, last_id: null };
  }

  /** What stands at `/v1/messages/batches/<rest>`; null where there is no such thing. */
  answer(
    method: string,
    rest: string,
  ): { readonly json: object } | { readonly lines: string } | null {
    const [id, action = ''] = rest.split('/');
    const batch = this.created.find((known) => known.id === id);
    if (batch === undefined) return null;
    if (method === 'GET' && action === '') {
      this.#polls++;
      if (this.endAfterPolls !== null && this.#polls >= this.endAfterPolls) batch.phase = 'ended';
      return { json: this.#shown(batch) };
    }
    if (method === 'POST' && action === 'cancel') {
      if (batch.phase === 'in_progress') batch.phase = 'canceling';
      return { json: this.#shown(batch) };
    }
    if (method === 'GET' && action === 'results' && batch.phase === 'ended') {
      const lines = this.#results(batch).map((result) => JSON.stringify(result));
      return { lines: this.linesOf(lines) };
    }
    return null;
  }

  #results(batch: SimulatedBatch): readonly { custom_id: string; result: SimulatedResult }[] {
    return batch.requests.map((request, index) => ({
      custom_id: request.custom_id,
      result:
        index < batch.answeredBefore ? this.resultOf(request) : ({ type: 'canceled' } as const),
    }));
  }

  #shown(batch: SimulatedBatch): object {
    const { id, createdAt, phase, requests } = batch;
    const hasEnded = phase === 'ended';
    const results = hasEnded ? this.#results(batch).map(({ result }) => result.type) : [];
    const count = (type: SimulatedResult['type']): number =>
      results.filter((each) => each === type).length;
    return {
      id,
      type: 'message_batch',
      processing_status: phase,
      request_counts: {
        processing: hasEnded ? 0 : requests.length,
        succeeded: count('succeeded'),
        errored: count('errored'),
        canceled: count('canceled'),
        expired: count('expired'),
      },
      created_at: createdAt.toISOString(),
      expires_at: new Date(createdAt.getTime() + 24 * 3_600_000).toISOString(),
      ended_at: hasEnded ? new Date().toISOString() : null,
      cancel_initiated_at: phase === 'canceling' ? new Date().toISOString() : null,
      archived_at: null,
      results_url: hasEnded ? `${this.resultsOrigin}/v1/messages/batches/${id}/results` : null,
    };
  }
}
