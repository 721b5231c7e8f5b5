import assert from 'node:assert/strict';
import { allowed } from '../browser/safety/allowed.ts';
import { attacks } from '../browser/safety/payloads/attacks.ts';
import { say } from '../fakes/messages-api/scripts.ts';
import { askInPanel } from './looking.ts';
import { useSession } from './session.ts';

/** Each after a heading, so that one that is never closed doesn't swallow those behind it. */
const reply = attacks
  .filter((text) => !/^[`~]{3}|^<(?:!|\?|script|style|textarea|pre)/i.test(text))
  .map((text, index) => `# Attack ${index}\n\n${text}`)
  .join('\n\n');

describe('a reply that is nothing but attacks', () => {
  const session = useSession({ script: say(reply, { deltaLength: 40, paceMs: 1 }) });

  it('runs nothing, loads nothing and shows nothing that is active', async () => {
    const { workbench } = session();
    const { page } = workbench;
    const requested: string[] = [];
    let pages = 0;
    page.context().on('page', () => pages++);
    page.context().on('request', (request) => requested.push(request.url()));
    const ran: string[] = [];
    await page.context().exposeFunction('scriptRan', (name: string) => void ran.push(name));
    await page.context().addInitScript(() => {
      // In every frame, wherever a script of theirs might run.
      const trap = (): void => void window.scriptRan?.('pwned');
      Reflect.set(window, 'pwned', trap);
    });
    const panel = await askInPanel(workbench, 'Attack me');
    await panel.frame.evaluate(() => {
      Reflect.set(window, 'pwned', () => void window.scriptRan?.('pwned'));
    });
    await panel.waitForOutcome('complete');

    const shown = await panel.frame.locator('[data-reply-text] h1').count();
    assert.ok(shown > 100, `${shown} attacks are shown`);
    const active = await panel.frame.evaluate(({ inText, inCodeBlock, codeBlock }) => {
      const elements = [...document.querySelectorAll('[data-reply-text] *')];
      return elements.flatMap((element) => {
        const { localName } = element;
        const attributes =
          inText[localName] ?? (element.closest(codeBlock) ? inCodeBlock[localName] : undefined);
        if (attributes === undefined) return [`<${localName}>`];
        return [...element.attributes]
          .filter(({ name }) => !/^data-[a-z-]+$/.test(name))
          .filter(({ name, value }) => {
            const says = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
            return says === undefined || !new RegExp(says).test(value);
          })
          .map(({ name, value }) => `<${localName} ${name}=${value}>`);
      });
    }, allowed);
    assert.deepEqual(active, []);
    assert.deepEqual(ran, []);
    assert.equal(pages, 0);
    const own = new URL(page.url()).host;
    // The panel's script and styles come from an address that VS Code answers itself.
    const ownFile = /^https:\/\/[^/]+\.vscode-cdn\.net\/.*\/(?:dist|media)\/[\w-]+\.\w+$/;
    assert.deepEqual(
      requested
        .filter((url) => /^(?:https?|wss?|ftp):/.test(url) && new URL(url).host !== own)
        .filter((url) => !ownFile.test(url)),
      [],
    );
    assert.deepEqual(
      requested.filter((url) => /\/(?:x|p|p\.png|pixel\.png)(?:$|\?)/.test(url)),
      [],
    );
  });
});
