import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { PanelFeed } from '../../../src/core/conversation/panel-feed.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { JournalWriter } from '../../../src/host/storage/journal-writer.ts';
import { english } from '../../fakes/english.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';
import type { PerDelta } from './in-webview.ts';

/** Each with new conversations: what the memory once happens to be like stays with them. */
const trials = 15;
const rounds = 6;
/** Each takes less than a microsecond: for the clock to see a difference, there are many. */
const deltasInRound = 100_000;
const turnLength = 5000;
const now = (): number => performance.now();

/**
 * What the host does with a delta at the end of a short and of a long conversation: conversation, the
 * panel's feed, journal. Microseconds of processor time for each trial, the means of its rounds: it is so
 * little that the clearing of memory, which comes in lumps, is most of it.
 */
export async function perDeltaInHost(few: number, many: number): Promise<readonly PerDelta[]> {
  const found: PerDelta[] = [];
  for (let trial = 0; trial < trials; trial++) found.push(await perDeltaOnce(few, many));
  return found;
}

async function perDeltaOnce(few: number, many: number): Promise<PerDelta> {
  const paths = [begin(few), begin(many)] as const;
  const taken: [number, number] = [0, 0];
  for (let round = 0; round <= rounds; round++) {
    // Each goes first as often as the other.
    for (const index of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      globalThis.gc?.();
      const time = await paths[index]();
      // The first is for the code to get warm.
      if (round > 0) taken[index] += time;
    }
  }
  const mean = (time: number): number => time / rounds / deltasInRound;
  return [mean(taken[0]), mean(taken[1])];
}

/** A reply that streams behind so many turns: gives the time of a round of deltas. */
function begin(turns: number): () => Promise<number> {
  const conversation = new Conversation(now);
  const ask = (): ReturnType<typeof turnAfter> => {
    const turn = turnAfter(conversation.branch.at(-1)?.reply.id ?? null);
    conversation.add(turn);
    return turn;
  };
  for (let index = 0; index < turns; index++) {
    const turn = ask();
    conversation.apply(turn, { type: 'text', text: 'x'.repeat(turnLength) });
    conversation.apply(turn, { type: 'outcome', outcome: { kind: 'complete' } });
  }
  const place = { storage: new MemoryStorage(), name: crypto.randomUUID(), resumed: null };
  const journal = new JournalWriter(conversation, place, (error) => {
    throw error;
  });
  let posted = 0;
  const feed = new PanelFeed(conversation, now, english, () => posted++);
  feed.connect();
  const turn = ask();
  return async () => {
    const before = process.cpuUsage();
    for (let delta = 0; delta < deltasInRound; delta++) {
      conversation.apply(turn, { type: 'text', text: 'some' });
      // As they come from the network: the timers have their turn.
      if (delta % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await journal.flush();
    // The feed's last text, too, before the other conversation has its turn.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { user, system } = process.cpuUsage(before);
    if (posted === 0) throw new Error('Nothing was posted.');
    return user + system;
  };
}

function turnAfter(after: string | null) {
  const reply = new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', now());
  return { after, prompt: { kind: 'free', text: 'Why?' } as const, attachments: [], reply };
}
