import assert from 'node:assert/strict';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { DialogueMessage, DialoguePart, Thought } from '../../../src/core/claude/request.ts';

import { ToolTurns } from '../../../src/host/chat/tool-turns.ts';

const model = 'claude-opus-5-5';
const thought: Thought = { kind: 'signed', thinking: '', signature: 'sealed' };
const call = { kind: 'tool-call', id: 'c1', name: 'read', input: {} } as const;
const text = (words: string): DialoguePart => ({ kind: 'text', text: words });

describe('turns that call tools', () => {
  const events: readonly ReplyEvent[] = [
    { type: 'thought', thought },
    { type: 'text', text: 'Let me ' },
    { type: 'text', text: 'see.' },
    { type: 'tool-call', call },
  ];
  const whole: readonly DialoguePart[] = [{ kind: 'thought', thought }, text('Let me see.'), call];

  function turns(told = events): ToolTurns {
    const made = new ToolTurns();
    const gathered = made.startRecording(model);
    for (const event of told) gathered.take(event);
    gathered.keep();
    return made;
  }
  const restored = (
    parts: readonly DialoguePart[],
    { told = events, to = model } = {},
  ): readonly DialoguePart[] | undefined => {
    const messages: readonly DialogueMessage[] = [{ role: 'assistant', parts }];
    return turns(told).restore(to, messages)[0]?.parts;
  };

  it('get back what was thought, in its place', () => {
    assert.deepEqual(restored([text('Let me see.'), call]), whole);
    assert.deepEqual(restored([text('Let me '), text('see.'), call]), whole);
  });

  const others: readonly [name: string, parts: readonly DialoguePart[], options?: object][] = [
    ['were changed', [text('Let me look.'), call]],
    ['have another call besides', [text('Let me see.'), call, { ...call, id: 'c2' }]],
    ['are another’s', [text('Let me see.'), { ...call, id: 'c9' }]],
    ['go to another model', [text('Let me see.'), call], { to: 'claude-haiku-5-5' }],
    ['had no thought', [text('Let me see.'), call], { told: events.slice(1) }],
    ['call nothing', [text('Let me see.')]],
  ];
  for (const [name, parts, options] of others) {
    it(`stay as they are where they ${name}`, () => {
      assert.deepEqual(restored(parts, options), parts);
    });
  }
});
