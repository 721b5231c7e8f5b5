import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Gate, say } from '../fakes/messages-api/scripts.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { waitForEditorText } from './looking.ts';
import { PanelPage } from './panel.ts';
import { useSession } from './session.ts';

const run = promisify(execFile);

/** Of no issuer, but of the shape that one documents. */
const token = ['ghp', 'k3Vt9QzR7mWb2XcN8dLs4HfJ6gPw5TvK2bRq'].join('_');

/** As little as Git takes for a repository; there is no commit yet. */
const emptyRepository = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
  '.git/objects/info/.keep': '',
  '.git/refs/heads/.keep': '',
};

describe('prompts and context', () => {
  const session = useSession({
    script: say('An answer.'),
    userSettings: { 'git.enabled': true, 'claudeStream.model': 'claude-sonnet-5-5' },
    files: {
      ...emptyRepository,
      'a.ts': 'export const a = 1;\n',
      'secrets.txt': `name=a\ntoken=${token}\n`,
      '.claude/commands/team.md':
        '---\ndescription: As the team does\nmodel: claude-costly-9\nargument-hint: [issue]\n---\nDo issue $1 as the team does.',
    },
  });

  async function choosePrompt(workbench: Workbench, name: string): Promise<void> {
    await workbench.runCommand('Claude: Run Prompt…');
    const { page, quickInput } = workbench;
    await shown(workbench, 'Run Prompt');
    await quickInput.type(name);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
    await quickInput.accept();
  }

  it('runs what a team has, with what is typed for it, and asks about another model first', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('a.ts');
    await workbench.select({ from: { line: 1, column: 1 }, to: { line: 1, column: 20 } });
    await choosePrompt(workbench, 'team');
    await workbench.quickInput.waitForMessage('What goes with it');
    const { placeholder } = await workbench.quickInput.read();
    assert.equal(placeholder, '[issue]');
    await workbench.quickInput.type('42');
    const before = simulator.messages.length;
    const asked = simulator.nextMessage();
    await workbench.quickInput.accept();
    const { message, buttons } = await workbench.dialog();
    assert.match(message, /“team” asks for another model/);
    assert.ok(buttons.includes('Use claude-costly-9'));
    assert.equal(simulator.messages.length, before);
    await workbench.clickDialogButton('Use claude-sonnet-5-5');
    const { body } = await asked;
    assert.equal(body?.model, 'claude-sonnet-5-5');
    assert.match(
      String(body?.messages.at(-1)?.content),
      /<selection file="a.ts".*\n\nDo issue 42 as the team does\.$/s,
    );
    const panel = new PanelPage(await workbench.panelFrame());
    await panel.waitForOutcome('complete');
    assert.equal(await panel.frame.locator('.question-title').last().innerText(), 'team');
  });

  it('lists it first from then on, and a built-in as ours', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('a.ts');
    // Nothing stays selected.
    await workbench.press('Home');
    await workbench.press('Control+K');
    await workbench.press('l');
    await shown(workbench, 'Run Prompt');
    const { rows } = await workbench.quickInput.read();
    assert.deepEqual(
      rows.slice(0, 3).map(({ label, description }) => [label, description]),
      [
        ['team', '.claude/commands/team.md'],
        ['Explain', ''],
        ['Fix', ''],
      ],
    );
    const asked = simulator.nextMessage();
    await workbench.quickInput.type('Review');
    await workbench.quickInput.accept();
    assert.match(
      String((await asked).body?.messages.at(-1)?.content),
      /<file file="a.ts"[^>]*>\nexport const a = 1;/,
    );
  });

  it('points out what is likely a secret, and takes it out when told to', async () => {
    const { workbench, simulator } = session();
    await workbench.openFile('secrets.txt');
    await workbench.press('Control+A');
    const asked = simulator.nextMessage();
    await workbench.runCommand('Claude: Explain Selection');
    const { message, detail } = await workbench.dialog();
    assert.equal(message, 'The question holds what is likely a secret.');
    assert.equal(detail, 'GitHub token, secrets.txt:2');
    await workbench.clickDialogButton('Redact and Send');
    const { body } = await asked;
    const question = String(body?.messages.at(-1)?.content);
    assert.match(question, /name=a\ntoken=\[redacted: github-token\]\n/);
    assert.ok(!simulator.requests.some((request) => JSON.stringify(request.body).includes(token)));
  });

  it('previews what would be sent', async () => {
    const { workbench } = session();
    await workbench.openFile('a.ts');
    await workbench.runCommand('Claude: Preview Request…');
    await shown(workbench, 'Preview Which Request?');
    await workbench.quickInput.type('Document');
    await workbench.quickInput.accept();
    await waitForEditorText(workbench, 'What would be sent');
  });

  it('streams a commit message into the Source Control box, until it is stopped', async () => {
    const { workbench, simulator, folder } = session();
    await run('git', ['-C', folder, 'add', 'a.ts']);
    const gate = new Gate();
    const answer = say('Add a constant\n\nNobody needs the rest of this.', { gate, holdAfter: 14 });
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    simulator.answer((exchange) => {
      exchange.closed.addEventListener('abort', () => close());
      return answer(exchange);
    });
    const asked = simulator.nextMessage();
    await workbench.runCommand('Source Control: Focus on Changes View');
    await workbench.runCommand('Claude: Write a Commit Message');
    const { body } = await asked;
    assert.match(
      String(body?.messages.at(-1)?.content),
      /<diff of="staged changes">[\s\S]*\+export const a = 1;/,
    );
    const box = workbench.page.locator('.scm-editor .view-lines');
    await box.filter({ hasText: /Add.a.constant/ }).waitFor();
    await workbench.runCommand('Claude: Stop');
    await closed;
    gate.open();
    const written = (await box.innerText()).replaceAll('\u00a0', ' ');
    assert.match(written, /^Add a constant/);
    assert.doesNotMatch(written, /rest of this/);
  });
});

/** Waits for a list with this title and its rows. */
async function shown({ page }: Workbench, title: string): Promise<void> {
  const named = page.locator('.quick-input-title', { hasText: title });
  await named.filter({ visible: true }).waitFor();
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: 'Explain' })
    .first()
    .waitFor();
}
