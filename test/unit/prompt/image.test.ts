import assert from 'node:assert/strict';
import { imageType } from '../../../src/core/prompt/image.ts';

describe('an image', () => {
  const beginnings: readonly [begins: string, mediaType: string | null][] = [
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['\xff\xd8\xff\xe0....', 'image/jpeg'],
    ['GIF89a....', 'image/gif'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['RIFF\x10\0\0\0WAVEfmt ', null],
    ['<svg xmlns', null],
    ['', null],
  ];
  for (const [begins, mediaType] of beginnings) {
    it(`is ${mediaType ?? 'none'} by ${JSON.stringify(begins)}`, () => {
      const bytes = Uint8Array.from(begins, (character) => character.charCodeAt(0));
      assert.equal(imageType(bytes), mediaType);
    });
  }
});
