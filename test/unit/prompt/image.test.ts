import assert from 'node:assert/strict';
import { createImageAttachment, maxImageBytes } from '../../../src/core/prompt/attachment.ts';

const heads: readonly [kind: string, head: string, mediaType: string | null][] = [
  ['PNG', '\x89PNG\r\n\x1a\n', 'image/png'],
  ['JPEG', '\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF', 'GIF89a', 'image/gif'],
  ['WebP', 'RIFF\x10\x20\x30\x40WEBP', 'image/webp'],
  ['SVG', '<svg xmlns="http', null],
  ['another RIFF', 'RIFF\x10\x20\x30\x40WAVE', null],
];

describe('an image for a question', () => {
  for (const [kind, head, mediaType] of heads) {
    it(`is known by its first bytes: ${kind}`, () => {
      const data = btoa(head.padEnd(40, '\0'));
      const image = createImageAttachment('a.bin', data);
      assert.equal(image?.mediaType ?? null, mediaType);
      if (image !== null) assert.deepEqual([image.file, image.data], ['a.bin', data]);
    });
  }

  it('is none where it is no base64, or larger than the API takes', () => {
    const png = btoa('\x89PNG\r\n'.padEnd(40, '\0'));
    assert.equal(createImageAttachment('a', ''), null);
    assert.equal(createImageAttachment('a', `${png.slice(0, 20)}\n${png}`), null);
    assert.equal(createImageAttachment('a', `data:image/png;base64,${png}`), null);
    assert.equal(createImageAttachment('a', png + 'A'.repeat((maxImageBytes / 3) * 4)), null);
  });
});
