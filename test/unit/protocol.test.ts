import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFromWebview, maxDraftLength } from '../../src/core/protocol/from-webview.ts';
import { isToWebview } from '../../src/core/protocol/to-webview.ts';

const end = {
  outcome: 'broken',
  failure: 'auth',
  sentence: 'No.',
  actions: ['retry'],
  receipt: [
    { kind: 'figure', label: 'Model', value: 'm' },
    { kind: 'request-id', label: 'Request', value: 'req_1' },
  ],
  summary: 'm',
};
const timing = { elapsedMs: 1200, thoughtMs: null };
const turn = {
  replyId: 'r1',
  title: 'Explain',
  promptText: '',
  sources: [{ label: 'a.ts:1', opens: true, stale: false }],
  redacted: false,
  branch: { number: 1, count: 1 },
  phase: 'writing',
  text: 'so far',
  thinking: '',
  timing,
  retrying: null,
  end: null,
};

describe('protocol', () => {
  const toWebview: readonly object[] = [
    { type: 'state', turns: [turn, { ...turn, end }], follow: true },
    { type: 'follow', follow: false },
    { type: 'turn', turn },
    { type: 'phase', replyId: 'r1', phase: 'thinking', timing, retrying: null },
    {
      type: 'phase',
      replyId: 'r1',
      phase: 'retrying',
      timing: { ...timing, thoughtMs: 5 },
      retrying: { sentence: 'Busy.', waitMs: 400 },
    },
    { type: 'delta', replyId: 'r1', offset: 0, text: 'x' },
    { type: 'thinking', replyId: 'r1', offset: 0, text: 'x' },
    { type: 'end', replyId: 'r1', length: 1, timing, end },
    { type: 'palette', palette: null },
    { type: 'quote-selection' },
    { type: 'ask-result', askId: '1', accepted: true },
    { type: 'not-sent', text: 'Why?', reason: null },
    { type: 'queue', session: 's', questions: [{ askId: '1', text: 'Why?' }] },
    { type: 'estimate', text: '12 tokens', warning: null },
    { type: 'palette', palette: [{ kind: 'comment', colour: '#00ff00' }] },
  ];
  const fromWebview: readonly object[] = [
    { type: 'ready' },
    { type: 'stop', replyId: 'r1' },
    { type: 'retry-now', replyId: 'r1' },
    { type: 'act', action: 'copy', replyId: 'r1' },
    { type: 'act', action: 'copy-request-id', replyId: 'r1' },
    { type: 'open-link', href: 'https://x.y' },
    { type: 'draft', text: 'Why' },
    { type: 'ask', askId: '1', text: 'Why?' },
    { type: 'edit', askId: '1', replyId: 'r1', text: 'Why?' },
    { type: 'unqueue', askId: '1' },
    { type: 'quote', text: '' },
    { type: 'open-source', replyId: 'r1', index: 0 },
    { type: 'choose', what: 'effort' },
    { type: 'code', action: 'insert', replyId: 'r1', language: 'typescript', text: 'a' },
  ];
  for (const message of toWebview) {
    it(`takes ${JSON.stringify(message)} to the webview only`, () => {
      assert.ok(isToWebview(message));
      assert.ok(!isFromWebview(message));
    });
  }
  for (const message of fromWebview) {
    it(`takes ${JSON.stringify(message)} from the webview only`, () => {
      assert.ok(isFromWebview(message));
      assert.ok(!isToWebview(message));
    });
  }

  const broken: readonly unknown[] = [
    null,
    'ready',
    [],
    {},
    { type: 'stop' },
    { type: 'stop', replyId: 5 },
    { type: 'act', action: 'workbench.action.terminal.new', replyId: 'r1' },
    { type: 'delta', replyId: 'r1', offset: -1, text: 'x' },
    { type: 'delta', replyId: 'r1', offset: 0.5, text: 'x' },
    { type: 'end', replyId: 'r1', length: 1, timing, end: { ...end, outcome: 'fine' } },
    { type: 'state', turns: [turn, null], follow: false },
    { type: 'state', turns: [turn] },
    { type: 'follow', follow: 'yes' },
    { type: 'end', replyId: 'r1', length: 1, end },
    { type: 'palette', palette: [{ kind: 'comment', colour: 'url(x)' }] },
    { type: 'code', action: 'run', replyId: 'r1', language: 'typescript', text: 'a' },
    { type: 'code', action: 'copy', replyId: 'r1', language: 'x'.repeat(65), text: 'a' },
  ];
  for (const message of broken) {
    it(`drops ${JSON.stringify(message)}`, () => {
      assert.ok(!isToWebview(message));
      assert.ok(!isFromWebview(message));
    });
  }

  it('drops code that is longer than any reply', () => {
    const text = 'x'.repeat(2 ** 22 + 1);
    const message = { type: 'code', action: 'copy', replyId: 'r1', language: 'c', text };
    assert.ok(!isFromWebview(message));
    assert.ok(isFromWebview({ ...message, text: text.slice(1) }));
  });

  it('drops a draft that is too long to be counted as it is written', () => {
    assert.ok(!isFromWebview({ type: 'draft', text: 'x'.repeat(maxDraftLength + 1) }));
  });

  it('judges anything without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        assert.equal(typeof isToWebview(message), 'boolean');
        assert.equal(typeof isFromWebview(message), 'boolean');
      }),
    );
  });
});
