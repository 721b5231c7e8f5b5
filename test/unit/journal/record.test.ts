import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isAttachment,
  isFailure,
  isOutcome,
  isPrompt,
  isReplyEvent,
} from '../../../src/core/conversation/journal-guards.ts';
import {
  decodeLine,
  encodeHeader,
  encodeNaming,
  encodeRecord,
  type JournalRecord,
} from '../../../src/core/conversation/journal-record.ts';

import { seal } from '../../../src/core/seal.ts';
import {
  anyAttachment,
  anyEvent,
  anyPrompt,
  anyText,
  events,
  failures,
  outcomes,
} from './samples.ts';

const anyAfter = fc.option(anyText);
const at = { by: 'w1', n: 7, reply: 'r1', ms: 12.5, offset: 3 };

function comesBack(record: JournalRecord): void {
  const line = encodeRecord(record);
  assert.doesNotMatch(line, /[\r\n]/);
  // As it comes back from a disk: through UTF-8.
  const read = new TextDecoder().decode(new TextEncoder().encode(line));
  assert.deepEqual(decodeLine(read), { kind: 'record', record });
}

describe('a journal’s record', () => {
  for (const [type, event] of Object.entries(events)) {
    it(`brings back every ${type} event`, () => {
      fc.assert(fc.property(event, (sample) => comesBack({ ...at, event: sample })));
    });
  }
  for (const [kind, outcome] of Object.entries(outcomes)) {
    it(`brings back the outcome ${kind}`, () => {
      fc.assert(
        fc.property(outcome, (sample) =>
          comesBack({ ...at, event: { type: 'outcome', outcome: sample } }),
        ),
      );
    });
  }
  for (const [kind, failure] of Object.entries(failures)) {
    it(`brings back the failure ${kind}`, () => {
      fc.assert(
        fc.property(failure, (sample) =>
          comesBack({
            ...at,
            event: { type: 'outcome', outcome: { kind: 'broken', failure: sample } },
          }),
        ),
      );
    });
  }

  it('brings back any text', () => {
    fc.assert(fc.property(anyText, (text) => comesBack({ ...at, text })));
  });

  it('brings back any turn', () => {
    fc.assert(
      fc.property(anyPrompt, fc.array(anyAttachment), anyAfter, (prompt, attachments, after) => {
        const turn = { at: 1_790_000_000_000, model: 'm', after, prompt, attachments };
        comesBack({ by: 'w1', n: 0, reply: 'r1', turn });
      }),
    );
  });

  it('brings back any name', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const naming = { by: 'w1', n: 0, name, at: 1_790_000_000_000 };
        assert.deepEqual(decodeLine(encodeNaming(naming)), { kind: 'naming', naming });
      }),
    );
  });

  it('is unreadable once any one character has changed', () => {
    fc.assert(
      fc.property(anyEvent, fc.nat(), fc.integer({ min: 1, max: 255 }), (event, place, flip) => {
        const line = encodeRecord({ ...at, event });
        const index = place % line.length;
        const other = String.fromCharCode(line.charCodeAt(index) ^ flip);
        const changed = line.slice(0, index) + other + line.slice(index + 1);
        assert.deepEqual(decodeLine(changed), { kind: 'unreadable' });
      }),
    );
  });

  it('is unreadable where any of its end is missing', () => {
    const line = encodeRecord({ ...at, text: 'all of it' });
    for (let length = 0; length < line.length; length++) {
      assert.deepEqual(decodeLine(line.slice(0, length)), { kind: 'unreadable' });
    }
  });

  const unknown: readonly [string, object][] = [
    ['a record of another kind', { by: 'w1', n: 7, reply: 'r1', pinned: true }],
    ['an event of another type', { ...at, event: { type: 'citation', url: 'x' } }],
    [
      'a failure of another kind',
      { ...at, event: { type: 'outcome', outcome: { kind: 'broken', failure: { kind: 'new' } } } },
    ],
    ['an offset that is none', { ...at, offset: -1, text: 'x' }],
    ['a header without its conversation', { journal: 1 }],
  ];
  for (const [name, value] of unknown) {
    it(`passes over ${name}`, () => {
      assert.deepEqual(decodeLine(seal(value)), { kind: 'unknown' });
    });
  }

  it('begins with a header', () => {
    const header = { id: 'c1', created: 1_790_000_000_000 };
    assert.match(encodeHeader(header), /^\{"journal":1,"id":"c1",/);
    assert.deepEqual(decodeLine(encodeHeader(header)), { kind: 'header', header });
  });
});

describe('a journal’s guards', () => {
  it('judge anything without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const guard of [isReplyEvent, isOutcome, isFailure, isPrompt, isAttachment]) {
          assert.equal(typeof guard(value), 'boolean');
        }
      }),
    );
  });
});
