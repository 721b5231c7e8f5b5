import assert from 'node:assert/strict';
import type { PanelPage } from './panel-page.ts';
import { usePanelPages } from './use-browser.ts';

/** Drags over the composer and drops there; whether each event was taken. */
async function drop(
  { page }: PanelPage,
  dragged: Readonly<Record<string, string>>,
): Promise<readonly boolean[]> {
  return page.locator('#composer').evaluate((composer, lists) => {
    const dataTransfer = new DataTransfer();
    for (const [type, text] of Object.entries(lists)) dataTransfer.setData(type, text);
    return ['dragover', 'drop'].map(
      (type) =>
        !composer.dispatchEvent(
          new DragEvent(type, { dataTransfer, cancelable: true, bubbles: true }),
        ),
    );
  }, dragged);
}

describe('files that are dropped on the composer', () => {
  const open = usePanelPages();
  const cases: readonly [
    what: string,
    dragged: Readonly<Record<string, string>>,
    uris: readonly string[] | null,
  ][] = [
    [
      'from VS Code’s Explorer',
      {
        'application/vnd.code.uri-list': 'file:///a.ts\r\nvscode-vfs://b/c.ts',
        'text/uri-list': 'file:///another',
      },
      ['file:///a.ts', 'vscode-vfs://b/c.ts'],
    ],
    [
      'from elsewhere, without comments and pages',
      { 'text/uri-list': '# two\r\nfile:///a.ts\r\nhttps://x.y\r\n' },
      ['file:///a.ts'],
    ],
  ];
  for (const [what, dragged, uris] of cases) {
    it(`are attached ${what}`, async () => {
      const panel = await open();
      assert.deepEqual(await drop(panel, dragged), [true, true]);
      await panel.settled();
      assert.deepEqual(panel.received.at(-1), { type: 'drop-files', uris });
      assert.equal(await panel.page.locator('.drop-target').count(), 0);
    });
  }

  it('are attached from another program, where they are images', async () => {
    const panel = await open();
    await panel.page.locator('#composer').evaluate((composer) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(
        new File([new Uint8Array(3).fill(65)], 'a.png', { type: 'image/png' }),
      );
      composer.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    });
    await panel.settled();
    assert.deepEqual(panel.received.at(-1), { type: 'paste-image', data: 'QUFB' });
  });

  it('leave words to the text box', async () => {
    const panel = await open();
    assert.deepEqual(await drop(panel, { 'text/plain': 'Why?' }), [false, false]);
  });

  it('show where they would be dropped', async () => {
    const panel = await open();
    const composer = panel.page.locator('#composer');
    const drag = (type: string): Promise<void> =>
      composer.evaluate((element, name) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/uri-list', 'file:///a.ts');
        element.dispatchEvent(new DragEvent(name, { dataTransfer, cancelable: true }));
      }, type);
    const outline = (): Promise<string> =>
      panel.page.locator('[data-composer]').evaluate((box) => getComputedStyle(box).outlineStyle);
    await drag('dragover');
    assert.equal(await outline(), 'solid');
    await drag('dragleave');
    assert.equal(await outline(), 'none');
  });
});
