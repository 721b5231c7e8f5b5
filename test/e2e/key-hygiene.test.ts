import assert from 'node:assert/strict';
import { say } from '../fakes/messages-api/scripts.ts';
import { formsOf, holds } from '../vscode/traces.ts';
import { askInPanel, askIntoDocument, waitForEditorText } from './looking.ts';
import { useSession } from './session.ts';
import { Traces } from './traces.ts';
import { probeWord as word } from './window.ts';

/*
 * Every session looks for the key wherever VS Code can have left it and fails if it finds any. Here
 * the same eyes look for a word that is there: it shows that they see.
 */

/** Our log has it of every reply. */
const requestId = 'req_simulated';

describe('the search for the key', () => {
  const session = useSession({
    userSettings: { 'claudeStream.systemPrompt': word, 'claudeStream.maxTokens': word },
    script: say(`It is ${word}.`),
  });

  it('sees the panel, its messages, notifications, settings and what is stored', async () => {
    const { workbench, traces, dataDir } = session();
    const panel = await askInPanel(workbench, 'Which word?');
    await panel.waitForOutcome('complete');
    await workbench.waitForNotification('claudeStream.maxTokens');
    await workbench.begin('notifications.clearAll');
    await traces.lookAtScreen(workbench);
    await traces.lookAtFolder('data', dataDir);
    const seen = traces.of(word).join('\n');
    assert.match(seen, /^screen: webview$/m);
    assert.match(seen, /^message: to a window$/m);
    assert.match(seen, /^message: to a port$/m);
    assert.match(seen, /^data: data\/User\/settings\.json$/m);
    assert.match(seen, /^data: .*globalStorage\/claude-stream\.claude-stream\/conversations\//m);
  });

  it('sees a document that nobody saved', async () => {
    const { workbench, traces } = session();
    await askIntoDocument(workbench, 'Into a document');
    await waitForEditorText(workbench, word);
    await traces.lookAtScreen(workbench);
    assert.match(traces.of(word).join('\n'), /^screen: workbench$/m);
  });

  it('sees what the window keeps in the browser, and what it prints', async () => {
    const { workbench, traces } = session();
    await workbench.page.evaluate(async (kept) => {
      console.log(kept);
      localStorage.setItem('kept', kept);
      sessionStorage.setItem('kept', kept);
      const opening = indexedDB.open('kept', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('kept').put(kept, 1);
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      opening.result.close();
    }, word);
    await traces.lookAtWindow(workbench);
    const seen = traces.of(word).join('\n');
    for (const place of ['local storage', 'session storage', 'databases']) {
      assert.match(seen, new RegExp(`^browser: ${place}$`, 'm'));
    }
    assert.match(seen, /^output$/m);
  });

  it('sees our own log', async () => {
    const traces = new Traces([requestId]);
    await traces.lookAtFolder('data', session().dataDir);
    assert.match(traces.of(requestId).join('\n'), /^data: .*logs\/.*Claude Stream\.log$/m);
  });

  const spellings: readonly [name: string, text: string][] = [
    ['as it is', `authorization: Bearer sk+/${word}`],
    ['in other letters', word.toUpperCase()],
    ['in a URL', `?key=${encodeURIComponent(`+/=${word}`)}`],
    ['in base64', Buffer.from(`a${word}b`).toString('base64')],
    ['in base64, one byte later', Buffer.from(`ab${word}b`).toString('base64')],
    ['in base64, two bytes later', Buffer.from(`abc${word}b`).toString('base64')],
    ['in base64 for URLs', Buffer.from(`?~${word}`).toString('base64url')],
    ['in hexadecimal digits', Buffer.from(`a${word}b`).toString('hex')],
  ];
  for (const [name, text] of spellings) {
    it(`knows a word ${name}`, () => {
      assert.ok(holds(text, formsOf(word)));
    });
  }
});
