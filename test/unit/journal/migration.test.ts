import assert from 'node:assert/strict';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { replayJournal, restoreTurn } from '../../../src/core/conversation/journal-replay.ts';
import { journalVersion } from '../../../src/core/seal.ts';

import { JournalWriter } from '../../../src/host/storage/journal-writer.ts';
import { MemoryStorage } from '../../fakes/memory-storage.ts';

/*
 * A journal byte for byte as the first version wrote it, before branches and before links back to a
 * document; its window was closed while the second reply streamed. Not to be made anew by today's
 * code: it is what lies on people's disks.
 */
const ofFirstVersion = `{"journal":1,"id":"c1","created":1790000000000,"sum":"80d269c3"}
{"by":"aaaaaaaa","n":0,"reply":"r1","turn":{"at":1790000000000,"model":"claude-sonnet-5-5","prompt":{"kind":"free","text":"Why?"},"attachments":[{"kind":"selection","file":"src/a.ts","language":"typescript","lines":{"from":1,"to":2},"text":"a\\nb","surroundings":[]}]},"sum":"bfd16ed1"}
{"by":"aaaaaaaa","n":1,"reply":"r1","ms":120,"offset":0,"text":"Because — so.","sum":"0c3f28d3"}
{"by":"aaaaaaaa","n":2,"reply":"r1","ms":130,"offset":13,"event":{"type":"outcome","outcome":{"kind":"complete"}},"sum":"fadc6757"}
{"by":"aaaaaaaa","n":3,"reply":"r2","turn":{"at":1790000001000,"model":"claude-sonnet-5-5","prompt":{"kind":"explain"},"attachments":[]},"sum":"1fbf96e7"}
{"by":"aaaaaaaa","n":4,"reply":"r2","ms":5,"offset":0,"text":"It","sum":"70604cea"}
`;

function restored(text: string): Conversation {
  const replay = replayJournal(text);
  assert.equal(replay.kind, 'ok');
  assert.deepEqual(replay.unreadable, []);
  const conversation = new Conversation(() => 0);
  let previous: string | null = null;
  for (const turn of replay.turns) {
    conversation.add(restoreTurn(turn, previous, 0));
    previous = turn.replyId;
  }
  return conversation;
}

const told = ({ branch }: Conversation): readonly string[] =>
  branch.map(({ reply }) => `${reply.text} (${reply.outcome?.kind})`);

describe('a journal of the first version', () => {
  it('is read whole: its turns follow each other, and what broke off says so', () => {
    const conversation = restored(ofFirstVersion);
    assert.deepEqual(told(conversation), ['Because — so. (complete)', 'It (broken)']);
    assert.deepEqual(
      conversation.branch.map(({ after }) => after),
      [null, 'r1'],
    );
    assert.equal(conversation.branch[0]?.attachments[0]?.text, 'a\nb');
  });

  it('is gone on with in the same file, and still read whole', async () => {
    const storage = new MemoryStorage();
    await storage.append('c1', ofFirstVersion);
    const conversation = restored(ofFirstVersion);
    const replay = replayJournal(ofFirstVersion);
    assert.equal(replay.kind, 'ok');
    const place = { storage, name: 'c1', resumed: replay };
    const journal = new JournalWriter(conversation, place, (error) => assert.fail(String(error)));
    const [, second] = conversation.branch;
    assert.ok(second);
    conversation.apply(second, { type: 'continued' });
    conversation.apply(second, { type: 'text', text: ' is so.' });
    conversation.apply(second, { type: 'outcome', outcome: { kind: 'complete' } });
    await journal.flush();
    journal.dispose();
    const text = (await storage.read('c1')) ?? '';
    assert.ok(text.startsWith(ofFirstVersion), 'what was there stays as it was');
    assert.deepEqual(told(restored(text)), ['Because — so. (complete)', 'It is so. (complete)']);
  });

  it('says its version, and one of the next is refused, not damaged', () => {
    assert.equal(journalVersion, 1);
    const ofNext = ofFirstVersion.replace('{"journal":1', '{"journal":2');
    const [header = ''] = ofNext.split('\n');
    assert.deepEqual(replayJournal(`${header}\nwhatever a later seal looks like\n`), {
      kind: 'refused',
      reason: 'newer-version',
      version: 2,
    });
  });
});
