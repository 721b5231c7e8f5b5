import assert from 'node:assert/strict';
import { sampleReply } from '../fakes/messages-api/sample-reply.ts';
import { fail, Gate, say, sayThen } from '../fakes/messages-api/scripts.ts';
import type { ReceivedRequest } from '../fakes/messages-api/simulator.ts';
import {
  askByHand,
  askIntoDocument,
  closeUntitled,
  cursorPlace,
  languageMode,
  showUntitled,
  waitForEditorText,
  waitUntilWritten,
} from './looking.ts';
import { useSession } from './session.ts';

describe('Ask into New Document', () => {
  const session = useSession();

  const askInDocument = (question: string): Promise<void> =>
    askIntoDocument(session().workbench, question);

  /** Asks for more than anybody waits for; resolves once some of it is there. */
  async function askForMuch(): Promise<ReceivedRequest> {
    const { workbench, simulator } = session();
    simulator.answer(say('word '.repeat(10_000), { paceMs: 10, deltaLength: 5 }));
    const asked = simulator.nextMessage();
    await askInDocument('Everything');
    const request = await asked;
    await waitForEditorText(workbench, 'word word');
    return request;
  }

  /** The text of the reply's document, which is the only untitled one. */
  async function documentText(): Promise<string> {
    const { workbench } = session();
    await showUntitled(workbench);
    return workbench.copyEditorText();
  }

  it('streams every character into a Markdown document beside', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('retry.ts');
    await workbench.select({ from: { line: 4, column: 1 }, to: { line: 15, column: 2 } });
    const gate = new Gate();
    simulator.answer(say(sampleReply, { gate, holdAfter: 200, deltaLength: 3 }));
    const asked = simulator.nextMessage();
    await askByHand(workbench, 'What does this do?', 'Claude: Ask into New Document…');
    const question = String((await asked).body?.messages.at(-1)?.content);
    assert.match(question, /<selection file="retry\.ts"/);
    assert.match(question, /What does this do\?$/);
    await waitForEditorText(workbench, 'exponential backoff');
    gate.open();
    await waitUntilWritten(workbench);
    await showUntitled(workbench);
    assert.match(await cursorPlace(workbench), /^Ln 1, Col 1\b/, 'the cursor stays where it was');
    assert.equal(await languageMode(workbench), 'Markdown');
    assert.equal(await documentText(), sampleReply);
  });

  it('is taken back by one undo', async () => {
    const { workbench } = session();
    await workbench.press('Control+Home');
    await workbench.press('Control+Z');
    assert.equal(await workbench.editorText(), '');
    await workbench.press('Control+Shift+Z');
    assert.equal(await workbench.copyEditorText(), sampleReply);
    await closeUntitled(session().workbench);
  });

  it('keeps what the user types elsewhere in it, and leaves the cursor there', async () => {
    const { workbench, simulator } = session();
    const gate = new Gate();
    simulator.answer(say('First line.\nSecond line.\n', { gate, holdAfter: 12 }));
    await askInDocument('Two lines, please');
    await waitForEditorText(workbench, 'First line.');
    await showUntitled(workbench);
    await workbench.press('Control+Home');
    await workbench.type('My note.');
    await workbench.press('Enter');
    gate.open();
    await waitUntilWritten(workbench);
    await workbench.type('Still here. ');
    assert.equal(await documentText(), 'My note.\nStill here. First line.\nSecond line.\n');
    await closeUntitled(session().workbench);
  });

  it('stops by the progress’s Cancel, and says so in the document', async () => {
    const { workbench } = session();
    const { ended } = await askForMuch();
    await workbench.clickNotificationButton('Cancel');
    assert.equal(await ended, 'closed-by-client');
    await waitUntilWritten(workbench);
    const text = await documentText();
    assert.match(text, /^word word .*\n\n---\n\n\*Stopped by you\.\*\n$/);
    await closeUntitled(session().workbench);
  });

  it('stops by the button in its editor’s title bar', async () => {
    const { workbench } = session();
    const { ended } = await askForMuch();
    const stop = workbench.page.locator('.editor-actions').getByRole('button', { name: /^Stop/ });
    // VS Code shows the buttons of the active column alone.
    await showUntitled(workbench);
    await stop.click();
    assert.equal(await ended, 'closed-by-client');
    await stop.waitFor({ state: 'detached' });
    await waitUntilWritten(workbench);
    await closeUntitled(workbench);
  });

  it('stops by the status bar’s tooltip, which has Stop only while a reply streams', async () => {
    const { workbench } = session();
    const { ended } = await askForMuch();
    const item = workbench.statusBarItem('claudeStream.usage');
    await item.clickInTooltip('Stop');
    assert.equal(await ended, 'closed-by-client');
    await waitUntilWritten(workbench);
    assert.doesNotMatch(await item.tooltip(), /^Stop$/m);
    await closeUntitled(workbench);
  });

  it('stops by undo, which takes all of it back', async () => {
    const { workbench } = session();
    const { ended } = await askForMuch();
    await showUntitled(workbench);
    await workbench.press('Control+Home');
    await workbench.press('Control+Z');
    assert.equal(await ended, 'closed-by-client');
    await waitUntilWritten(workbench);
    assert.equal(await workbench.editorText(), '');
    await workbench.closeActiveTab();
  });

  it('stops when its tab is closed', async () => {
    const { workbench } = session();
    const { ended } = await askForMuch();
    await closeUntitled(session().workbench);
    assert.equal(await ended, 'closed-by-client');
    await waitUntilWritten(workbench);
  });

  it('keeps what had arrived when the stream breaks, and offers to retry', async () => {
    const { workbench, simulator } = session();
    simulator.answer(sayThen('Half an answ', 'overloaded'));
    await askInDocument('Something');
    await workbench.waitForNotification('The API is overloaded (529)');
    assert.match(await documentText(), /^Half an answ\n\n---\n\n\*The API is overloaded/);
    await closeUntitled(session().workbench);
    simulator.answer(say('A whole answer.'));
    await workbench.clickNotificationButton('Retry');
    await waitForEditorText(workbench, 'A whole answer.');
    await waitUntilWritten(workbench);
    assert.equal(await documentText(), 'A whole answer.');
    await closeUntitled(session().workbench);
  });

  it('goes on from the exact end in the same document, without the words about the break', async () => {
    const { workbench, simulator } = session();
    simulator.answer(sayThen('Half an answ', 'close'));
    await askInDocument('Something');
    await workbench.waitForNotification('The connection closed');
    await waitUntilWritten(workbench);
    simulator.answer(say('er, and the rest.'));
    await workbench.clickNotificationButton('Continue');
    await waitForEditorText(workbench, 'Half an answer, and the rest.');
    await waitUntilWritten(workbench);
    assert.equal(await documentText(), 'Half an answer, and the rest.');
    await closeUntitled(session().workbench);
  });

  it('goes on by the command after Stop, and keeps what the user made of it', async () => {
    const { workbench, simulator } = session();
    simulator.answer(say('word '.repeat(10_000), { paceMs: 10, deltaLength: 5 }));
    await askInDocument('Everything');
    await waitForEditorText(workbench, 'word word');
    await workbench.clickNotificationButton('Cancel');
    await waitUntilWritten(workbench);
    await showUntitled(workbench);
    await workbench.press('Control+End');
    await workbench.type('Mine.');
    simulator.answer(say('THE END'));
    await workbench.runCommand('Claude: Continue Last Reply');
    await waitForEditorText(workbench, 'THE END');
    await waitUntilWritten(workbench);
    assert.match(await documentText(), /^(word )+THE ENDMine\.$/);
    await closeUntitled(session().workbench);
  });

  it('says why there is nothing where the request was refused', async () => {
    const { workbench, simulator } = session();
    simulator.answer(fail(413, 'request_too_large', 'Request exceeds the maximum size'));
    await askInDocument('Something');
    await workbench.waitForNotification('Select less text');
    await waitUntilWritten(workbench);
    assert.match(await documentText(), /^\*The request is larger/);
    await closeUntitled(session().workbench);
  });
});
