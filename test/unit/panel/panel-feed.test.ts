import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { Conversation, type Turn } from '../../../src/core/conversation/conversation.ts';
import { PanelFeed } from '../../../src/core/conversation/panel-feed.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { isToWebview, type ToWebview } from '../../../src/core/protocol/to-webview.ts';
import { english } from '../../fakes/english.ts';

/** A webview that only keeps text, and asks for the whole state where it loses count. */
class TextWebview {
  readonly thoughts = new Map<string, string>();
  readonly texts = new Map<string, string>();
  readonly ended = new Set<string>();
  resyncs = 0;
  messages = 0;
  characters = 0;

  receive(message: ToWebview, ask: () => void): void {
    assert.ok(isToWebview(message));
    this.messages++;
    switch (message.type) {
      case 'state':
        this.texts.clear();
        for (const { replyId, text, thinking } of message.turns) {
          this.texts.set(replyId, text);
          this.thoughts.set(replyId, thinking);
        }
        return;
      case 'turn':
        this.texts.set(message.turn.replyId, message.turn.text);
        return;
      case 'delta': {
        const known = this.texts.get(message.replyId) ?? '';
        if (known.length !== message.offset) {
          this.resyncs++;
          ask();
          return;
        }
        this.characters += message.text.length;
        this.texts.set(message.replyId, known + message.text);
        return;
      }
      case 'end':
        assert.equal(this.texts.get(message.replyId)?.length, message.length);
        this.ended.add(message.replyId);
        return;
      case 'thinking': {
        const known = this.thoughts.get(message.replyId) ?? '';
        assert.equal(known.length, message.offset);
        this.thoughts.set(message.replyId, known + message.text);
        return;
      }
      case 'phase':
      case 'receipt':
      case 'follow':
        return;
    }
  }
}

function newTurn(id: string, after: string | null = null): Turn {
  return {
    after,
    prompt: { kind: 'explain' },
    attachments: [],
    reply: new Reply(id, 'm', 0),
  };
}

const text = (words: string): ReplyEvent => ({ type: 'text', text: words });
const thought = (words: string): ReplyEvent => ({ type: 'thinking', text: words });
const complete: ReplyEvent = { type: 'outcome', outcome: { kind: 'complete' } };

describe('panel feed', () => {
  const now = (): number => 0;
  let conversation: Conversation;
  let webview: TextWebview;
  let feed: PanelFeed;
  beforeEach(() => {
    conversation = new Conversation(now);
    webview = new TextWebview();
    feed = new PanelFeed(conversation, now, english, (message) =>
      webview.receive(message, () => feed.connect()),
    );
  });
  afterEach(() => feed.dispose());

  it('says nothing until the webview is there', () => {
    conversation.add(newTurn('r1'));
    assert.equal(webview.messages, 0);
    feed.connect();
    assert.deepEqual([...webview.texts], [['r1', '']]);
  });

  it('sends each character once, in far fewer messages than deltas', () => {
    feed.connect();
    const turn = newTurn('r1');
    conversation.add(turn);
    for (let count = 0; count < 5000; count++) conversation.apply(turn, text('delta '));
    conversation.apply(turn, complete);
    assert.equal(webview.texts.get('r1'), 'delta '.repeat(5000));
    assert.equal(webview.characters, 30_000);
    assert.ok(webview.messages < 20, `${webview.messages} messages`);
  });

  it('shows the same whatever happens in between: hidden, back, two replies at once', () => {
    const step = fc.constantFrom('a', 'b', 'think', 'hide', 'show', 'wait');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        conversation = new Conversation(now);
        webview = new TextWebview();
        feed = new PanelFeed(conversation, now, english, (message) =>
          webview.receive(message, () => feed.connect()),
        );
        const turns = { a: newTurn('a'), b: newTurn('b', 'a') };
        conversation.add(turns.a);
        conversation.add(turns.b);
        for (const [index, what] of steps.entries()) {
          if (what === 'hide') feed.disconnect();
          else if (what === 'show') feed.connect();
          else if (what === 'think') conversation.apply(turns.a, thought(`${index} `));
          else if (what !== 'wait') conversation.apply(turns[what], text(`${index} `));
        }
        feed.connect();
        conversation.apply(turns.a, text('end'));
        conversation.apply(turns.a, complete);
        conversation.apply(turns.b, complete);
        assert.equal(webview.texts.get('a'), turns.a.reply.text);
        assert.equal(webview.texts.get('b'), turns.b.reply.text);
        assert.equal(webview.thoughts.get('a') ?? '', turns.a.reply.thinking);
        assert.equal(webview.resyncs, 0);
        feed.dispose();
      }),
    );
  });

  it('tells of a retry and of a reply that goes on', () => {
    feed.connect();
    const turn = newTurn('r1');
    conversation.add(turn);
    const phases: string[] = [];
    const listen = new PanelFeed(conversation, now, english, (message) => {
      if (message.type === 'phase') {
        phases.push(`${message.phase} ${message.retrying?.sentence ?? ''}`.trim());
      }
    });
    listen.connect();
    conversation.apply(turn, {
      type: 'retrying',
      failure: { kind: 'overloaded', retryAfterMs: null },
      retry: 1,
      maxRetries: 2,
      waitMs: 500,
    });
    conversation.apply(turn, { type: 'connecting' });
    conversation.apply(turn, text('half'));
    conversation.apply(turn, { type: 'outcome', outcome: { kind: 'stopped' } });
    conversation.apply(turn, { type: 'continued' });
    conversation.apply(turn, text(' and half'));
    conversation.apply(turn, complete);
    listen.dispose();
    assert.deepEqual(phases, [
      'retrying The API is overloaded (529). Retry 1 of 2.',
      'connecting',
      'writing',
      'connecting',
      'writing',
    ]);
    assert.equal(webview.texts.get('r1'), 'half and half');
  });

  it('tells the phase again after the webview was away, where it has changed since', () => {
    const phases: string[] = [];
    const turn = newTurn('r1');
    conversation.add(turn);
    const listen = new PanelFeed(conversation, now, english, (message) => {
      if (message.type === 'phase') phases.push(message.phase);
    });
    listen.connect();
    conversation.apply(turn, text('half'));
    conversation.apply(turn, { type: 'outcome', outcome: { kind: 'stopped' } });
    listen.disconnect();
    conversation.apply(turn, { type: 'continued' });
    listen.connect();
    conversation.apply(turn, text(' and half'));
    listen.dispose();
    assert.deepEqual(phases, ['writing', 'writing']);
  });

  it('tells for how long the model has thought', () => {
    let clock = 0;
    const timed = new Conversation(() => clock);
    const told: (number | null)[] = [];
    const listen = new PanelFeed(
      timed,
      () => clock,
      english,
      (message) => {
        if (message.type === 'phase' || message.type === 'end') told.push(message.timing.thoughtMs);
      },
    );
    listen.connect();
    const turn = newTurn('r1');
    timed.add(turn);
    for (const [at, event] of [
      [100, { type: 'connected', requestId: null }],
      [200, thought('')],
      [1200, thought('hm')],
      [2200, text('so')],
      [3000, thought('and')],
      [3500, complete],
    ] as const) {
      clock = at;
      timed.apply(turn, event);
    }
    listen.dispose();
    assert.deepEqual(told, [null, 0, 2000, 2000, 2500]);
  });

  it('tells of the setting where it changes, and no more often', () => {
    const told: boolean[] = [];
    const listen = new PanelFeed(
      conversation,
      now,
      english,
      (message) => {
        if (message.type === 'state' || message.type === 'follow') told.push(message.follow);
      },
      true,
    );
    listen.follow = false;
    listen.connect();
    listen.follow = false;
    listen.follow = true;
    listen.dispose();
    assert.deepEqual(told, [false, true]);
  });
});
