import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import {
  Conversation,
  type Turn,
  toExchanges,
} from '../../../src/core/conversation/conversation.ts';

import { Reply } from '../../../src/core/conversation/reply.ts';

const text = (words: string): ReplyEvent => ({ type: 'text', text: words });

const thinking: ReplyEvent = { type: 'thinking', text: '' };
const thought = (signature: string): ReplyEvent => ({
  type: 'thought',
  thought: { kind: 'signed', thinking: '', signature },
});

function turn(id: string, after: string | null): Turn {
  const prompt = { kind: 'free', text: `What is ${id}?` } as const;
  return { after, prompt, attachments: [], reply: new Reply(id, 'm', 0) };
}

/** Turns by their ids and what they follow: `b<a` follows a. */
function conversationOf(...turns: readonly string[]): Conversation {
  const conversation = new Conversation(() => 0);
  for (const [id = '', after = null] of turns.map((named) => named.split('<'))) {
    conversation.add(turn(id, after));
  }
  return conversation;
}

function ids(turns: readonly Turn[]): string {
  return turns.map(({ reply }) => reply.id).join(' ');
}

function find(conversation: Conversation, id: string): Turn {
  return conversation.getTurn(id) ?? assert.fail(`There is no ${id}.`);
}

describe('conversation', () => {
  it('tells its listeners after the reply has changed, until they leave', () => {
    const conversation = new Conversation(() => 0);
    const seen: string[] = [];
    const added = conversation.onDidAdd(({ reply }) => seen.push(`added ${reply.id}`));
    const changed = conversation.onDidChange(({ turn: { reply } }) => seen.push(reply.text));
    const first = turn('a', null);
    conversation.add(first);
    conversation.apply(first, text('one'));
    changed.dispose();
    added.dispose();
    conversation.apply(first, text('two'));
    assert.deepEqual(seen, ['added a', 'one']);
    assert.equal(conversation.getTurn('a'), first);
    assert.equal(conversation.getTurn('b'), undefined);
  });

  it('shows the branch that was added last', () => {
    const conversation = conversationOf('a', 'b<a', 'c<b', 'd<a');
    assert.equal(ids(conversation.branch), 'a d');
    assert.equal(ids(conversation.turns), 'a b c d');
  });

  it('keeps the old branch, with all that follows in it', () => {
    const conversation = conversationOf('a', 'b<a', 'c<b', 'd<a');
    assert.equal(ids(conversation.alternatives(find(conversation, 'd'))), 'b d');
    conversation.switchTo(find(conversation, 'b'));
    assert.equal(ids(conversation.branch), 'a b c');
    assert.equal(ids(conversation.turnsBefore(find(conversation, 'c'))), 'a b');
  });

  it('tells of a switch, and only of one', () => {
    const conversation = conversationOf('a', 'b<a');
    let switches = 0;
    conversation.onDidSwitch(() => switches++);
    conversation.add(turn('c', 'b'));
    conversation.switchTo(find(conversation, 'a'));
    assert.equal(switches, 0, 'the branch in view goes on, or is shown again');
    conversation.add(turn('d', 'a'));
    conversation.switchTo(find(conversation, 'b'));
    assert.equal(switches, 2);
  });

  it('always has a branch that begins at a first turn and misses none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        (parents, shown) => {
          const conversation = new Conversation(() => 0);
          parents.forEach((parent, index) => {
            const place = parent % (index + 1);
            conversation.add(turn(String(index), place === index ? null : String(place)));
          });
          const picked = find(conversation, String(shown % parents.length));
          conversation.switchTo(picked);
          const { branch } = conversation;
          assert.ok(branch.includes(picked));
          assert.equal(branch[0]?.after, null);
          for (const [index, { after }] of branch.slice(1).entries()) {
            assert.equal(after, branch[index]?.reply.id);
          }
          const last = branch.at(-1)?.reply.id;
          assert.ok(
            conversation.turns.every(({ after }) => after !== last),
            'its end is an end',
          );
        },
      ),
    );
  });
});

describe('exchanges', () => {
  const outcomes: readonly [name: string, events: readonly ReplyEvent[], kept: boolean][] = [
    ['a complete reply', [text('so'), { type: 'outcome', outcome: { kind: 'complete' } }], true],
    ['a stopped reply', [text('so'), { type: 'outcome', outcome: { kind: 'stopped' } }], true],
    ['a reply that streams still', [text('so')], true],
    ['an empty reply', [{ type: 'outcome', outcome: { kind: 'stopped' } }], false],
    ['a reply of blanks', [text(' \n')], false],
    [
      'a refused reply',
      [
        text('so'),
        { type: 'outcome', outcome: { kind: 'refused', category: null, explanation: null } },
      ],
      false,
    ],
  ];
  for (const [name, events, kept] of outcomes) {
    it(`${kept ? 'have' : 'leave out'} ${name}`, () => {
      const conversation = conversationOf('a');
      const first = find(conversation, 'a');
      for (const event of events) conversation.apply(first, event);
      assert.deepEqual(
        toExchanges(conversation.branch, 'm'),
        kept ? [{ userText: 'What is a?', reply: 'so', thoughts: [] }] : [],
      );
    });
  }

  it('have the thinking where it stood', () => {
    const conversation = conversationOf('a');
    const first = find(conversation, 'a');
    const events = [thinking, thought('one'), text('so'), thinking, thought('two'), text(' it is')];
    for (const event of events) conversation.apply(first, event);
    assert.deepEqual(toExchanges(conversation.branch, 'm')[0]?.thoughts, [
      { at: 0, thought: { kind: 'signed', thinking: '', signature: 'one' } },
      { at: 2, thought: { kind: 'signed', thinking: '', signature: 'two' } },
    ]);
  });

  const stopped: ReplyEvent = { type: 'outcome', outcome: { kind: 'stopped' } };
  const thoughtless: readonly [name: string, events: readonly ReplyEvent[], model?: string][] = [
    ['is for another model', [thinking, thought('one'), text('so')], 'n'],
    ['never was finished', [thinking, thought('one'), text('so'), thinking, stopped]],
    ['has no text after it', [thinking, thought('one'), text('so'), thinking, thought('two')]],
    [
      'is a part of several requests',
      [thinking, thought('one'), text('so'), stopped, { type: 'continued' }, text(' on')],
    ],
  ];
  for (const [name, events, model = 'm'] of thoughtless) {
    it(`leave out thinking that ${name}, and keep the text`, () => {
      const conversation = conversationOf('a');
      const first = find(conversation, 'a');
      for (const event of events) conversation.apply(first, event);
      assert.deepEqual(toExchanges(conversation.branch, model), [
        { userText: 'What is a?', reply: first.reply.text, thoughts: [] },
      ]);
    });
  }

  it('forget what was thought in a try that failed', () => {
    const conversation = conversationOf('a');
    const first = find(conversation, 'a');
    const failure = { kind: 'timeout' } as const;
    const retrying = { type: 'retrying', failure, retry: 1, maxRetries: 2, waitMs: 1 } as const;
    const events = [thinking, thought('one'), retrying, { type: 'connecting' } as const];
    for (const event of [...events, thinking, thought('two'), text('so')]) {
      conversation.apply(first, event);
    }
    assert.deepEqual(
      toExchanges(conversation.branch, 'm')[0]?.thoughts.map((placed) => placed.thought),
      [{ kind: 'signed', thinking: '', signature: 'two' }],
    );
  });

  it('know a model by its dated name too', () => {
    const conversation = conversationOf('a');
    const first = find(conversation, 'a');
    const answering = { type: 'model', model: 'm-20260928' } as const;
    for (const event of [answering, thinking, thought('one'), text('so')]) {
      conversation.apply(first, event);
    }
    assert.equal(toExchanges(conversation.branch, 'm')[0]?.thoughts.length, 1);
    assert.equal(toExchanges(conversation.branch, 'm-2')[0]?.thoughts.length, 0);
  });
});
