import assert from 'node:assert/strict';
import { usePanelPages } from './use-browser.ts';

/*
 * VS Code hears of a webview's focus up to 250 ms late, and then makes its panel the active editor:
 * over the editor that the click has opened meanwhile, whose title then has no buttons.
 */
describe('the mouse on what opens an editor', () => {
  const open = usePanelPages();

  const cases = {
    Insert: '[data-action=insert]',
    'Replace…': '[data-action=replace]',
    'New File': '[data-action=new-file]',
    'what was asked about': '[data-action=open-source]',
  };
  for (const [name, selector] of Object.entries(cases)) {
    it(`leaves the focus where it is: ${name}`, async () => {
      const panel = await open();
      const turn = panel.ask('Why?', [
        {
          kind: 'selection',
          file: 'src/retry.ts',
          uri: 'file:///src/retry.ts',
          language: 'typescript',
          lines: { from: 4, to: 15 },
          text: 'export',
          surroundings: [],
        },
      ]);
      panel.write(turn, '```js\nretry();\n```\n');
      await panel.settled();
      const composer = panel.page.locator('textarea').last();
      await composer.focus();
      await panel.page.locator(selector).click();
      assert.equal(await composer.evaluate((it) => it === document.activeElement), true);
    });
  }
});
