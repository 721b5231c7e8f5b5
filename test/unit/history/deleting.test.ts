import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { HistoryServices } from '../../../src/host/history/manage-conversations.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { deleteAllConversations } = await import(
  '../../../src/host/history/manage-conversations.ts'
);

describe('deleting conversations', () => {
  afterEach(() => answers.clear());

  for (const streams of [true, false]) {
    it(`asks once, ${streams ? 'and says that a reply streams' : 'where none streams'}`, async () => {
      const closed: string[] = [];
      const services = {
        storage: { conversations: { list: () => Promise.resolve(['a']) } },
        panels: {
          open: null,
          isStreaming: () => streams,
          closeAllPanels: () => Promise.resolve(void closed.push('all')),
        },
      };
      answers.set('window.showWarningMessage', () => Promise.resolve('Delete'));
      answers.set('window.withProgress', () => Promise.resolve());
      calls.length = 0;
      // Only what it uses of each.
      await deleteAllConversations(services as unknown as HistoryServices);
      const questions = calls.filter(({ name }) => name === 'window.showWarningMessage');
      const undo = 'This can’t be undone.';
      const answering = 'Claude is still answering in the conversation that is open.';
      assert.deepEqual(
        questions.map(({ given }) => given[1]),
        [{ modal: true, detail: streams ? `${answering} ${undo}` : undo }],
      );
      assert.deepEqual(closed, ['all']);
    });
  }
});
