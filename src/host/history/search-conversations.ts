import { findText } from '../../core/history/find-text.ts';
import type { Listed } from '../../core/history/index-replay.ts';
import type { ConversationList } from './conversation-list.ts';
import { tellDamaged } from './tell-damaged.ts';

/** Conversations that are read at the same time. */
const atOnce = 16;

export interface Found {
  readonly listed: Listed;
  /** The first place, in a line of its surroundings. */
  readonly excerpt: string;
}

export interface SearchStep {
  readonly found: readonly Found[];
  /** How many conversations were read so far. */
  readonly searched: number;
}

/** Reads conversations one after the other, the given order kept, until the signal ends it. */
export async function* searchConversations(
  list: ConversationList,
  conversations: readonly Listed[],
  wanted: string,
  signal: AbortSignal,
): AsyncGenerator<SearchStep> {
  const damaged: string[] = [];
  for (let from = 0; from < conversations.length; from += atOnce) {
    const batch = conversations.slice(from, from + atOnce);
    const read = await list.readAll(
      batch.map(({ id }) => id),
      damaged,
    );
    if (signal.aborted) break;
    const replays = new Map(read.map(({ id, replay }) => [id, replay]));
    const found = batch.flatMap((listed) => {
      const excerpt = findText(replays.get(listed.id)?.turns ?? [], wanted);
      return excerpt === null ? [] : [{ listed, excerpt }];
    });
    yield { found, searched: from + batch.length };
  }
  tellDamaged(damaged);
}
