import type { RequestImage } from '../claude/request.ts';

/** The largest that the API takes, in bytes of the file: 5 MB in base64. */
export const mostImageBytes = 3_750_000;

/** Null where it is no image that the API takes. By how the file begins: names may be wrong. */
export function imageType(bytes: Uint8Array): RequestImage['mediaType'] | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}
