import assert from 'node:assert/strict';
import type { ReplyLocation } from '../../../src/host/ask/running-replies.ts';
import { selectReplyToStop } from '../../../src/host/ask/stop-reply.ts';

const place = (kind: ReplyLocation['kind'], isActive: boolean): ReplyLocation => ({
  kind,
  name: '',
  isActive,
});
const panel = { id: 'panel', place: place('panel', false) };
const other = { id: 'other panel', place: place('panel', false) };
const document = { id: 'document', place: place('document', false) };
const activePanel = { id: 'active panel', place: place('panel', true) };
const newer = { id: 'newer in the active panel', place: place('panel', true) };
const activeDocument = { id: 'active document', place: place('document', true) };
const nowhere = { id: 'of a panel that closes', place: null };

describe('Stop', () => {
  type Case = readonly [
    name: string,
    replies: Parameters<typeof selectReplyToStop<typeof panel | typeof nowhere>>[0],
    expected: string | null,
  ];
  const cases: readonly Case[] = [
    ['is nothing’s where nothing streams', [], null],
    ['is the active panel’s', [panel, activePanel, document], 'active panel'],
    ['is the active document’s', [activeDocument, panel], 'active document'],
    ['is the newest of the active panel', [activePanel, newer, panel], 'newer in the active panel'],
    ['is the only one’s, wherever it is', [document], 'document'],
    ['is the only one’s, shown or not', [nowhere], 'of a panel that closes'],
    ['isn’t clear with several, none active', [panel, document], 'unclear'],
  ];
  const nameOf = (which: { readonly id: string } | 'unclear' | null): string | null =>
    which === null || which === 'unclear' ? which : which.id;

  for (const [name, replies, expected] of cases) {
    it(name, () => assert.equal(nameOf(selectReplyToStop(replies, 'anywhere')), expected));
  }

  const ofSomePanel: readonly Case[] = [
    ['isn’t clear from some panel with several', [panel, activePanel], 'unclear'],
    ['is the only panel’s from some panel', [document, panel, nowhere], 'panel'],
    ['isn’t clear from some panel where none streams', [document, nowhere], 'unclear'],
    ['is the only one’s from some panel too', [document], 'document'],
  ];
  for (const [name, replies, expected] of ofSomePanel) {
    it(name, () => assert.equal(nameOf(selectReplyToStop(replies, 'some panel')), expected));
  }

  const ofPanel: readonly Case[] = [
    ['is the active panel’s alone by its own key', [panel, activePanel, document], 'active panel'],
    ['is nobody else’s by the key of an idle panel', [panel], null],
    ['is no document’s by the key of a panel', [activeDocument], null],
  ];
  for (const [name, replies, expected] of ofPanel) {
    it(name, () => assert.equal(nameOf(selectReplyToStop(replies, 'active panel')), expected));
  }

  it('is one of those that stream, whatever else', () => {
    const all = [panel, other, document, activePanel, activeDocument, nowhere];
    for (const [index, one] of all.entries()) {
      for (const another of all.slice(index + 1)) {
        const which = nameOf(selectReplyToStop([one, another], 'anywhere'));
        assert.ok([one.id, another.id, 'unclear'].includes(which ?? ''));
      }
    }
  });
});
