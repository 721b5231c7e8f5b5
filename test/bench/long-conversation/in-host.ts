import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { PanelFeed } from '../../../src/core/panel/panel-feed.ts';
import { JournalWriter } from '../../../src/host/storage/journal-writer.ts';
import { english } from '../../fakes/english.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';
import { median } from '../report.ts';

const rounds = 15;
const slicesInRound = 200;
/** As they come from the network: the timers have their turn after so many. */
const deltasInSlice = 500;
const turnLength = 5000;
const now = (): number => performance.now();

/**
 * What the host does with a delta at the end of a short and of a long conversation: conversation, the
 * panel's feed, journal. Microseconds of processor time. Both take turns after every few deltas: it is
 * so little that it doubles while the memory of all of them is cleared.
 */
export async function perDeltaInHost(
  few: number,
  many: number,
): Promise<readonly [few: number, many: number]> {
  const paths = [begin(few), begin(many)] as const;
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const taken: [number, number] = [0, 0];
    for (let slice = 0; slice < slicesInRound; slice++) {
      for (const index of slice % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        taken[index] += await paths[index]();
      }
    }
    // The first is for the code to get warm.
    if (round === 0) continue;
    for (const index of [0, 1] as const) {
      times[index].push(taken[index] / slicesInRound / deltasInSlice);
    }
  }
  return [median(times[0]), median(times[1])];
}

/** A reply that streams behind so many turns: gives the time of a slice of deltas. */
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
  // It follows the conversation by itself.
  new JournalWriter(conversation, place, (error) => {
    throw error;
  });
  let posted = 0;
  const feed = new PanelFeed(conversation, now, english, () => posted++);
  feed.connect();
  const turn = ask();
  return async () => {
    const before = process.cpuUsage();
    for (let delta = 0; delta < deltasInSlice; delta++) {
      conversation.apply(turn, { type: 'text', text: 'some' });
    }
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.cpuUsage(before);
    if (posted === 0) throw new Error('Nothing was posted.');
    return user + system;
  };
}

function turnAfter(after: string | null) {
  const reply = new Reply(crypto.randomUUID(), 'claude-sonnet-5-5', now());
  return { after, prompt: { kind: 'free', text: 'Why?' } as const, attachments: [], reply };
}
