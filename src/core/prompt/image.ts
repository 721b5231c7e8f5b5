import type { RequestImage } from '../claude/request.ts';
import type { ImageAttachment } from './attachment.ts';

/** The largest that the API takes, in bytes of the file: 5 MB in base64. */
export const mostImageBytes = 3_750_000;

/** Null where it is no image that the API takes. By how the file begins: names may be wrong. */
function imageType(bytes: Uint8Array): RequestImage['mediaType'] | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  return head.startsWith('RIFF') && head.endsWith('WEBP') ? 'image/webp' : null;
}

/**
 * An image to go with a question; null where it is none that the API takes, or too large.
 * @param file what a person would call it
 * @param data base64; it may come from anywhere
 */
export function imageFrom(file: string, data: string): ImageAttachment | null {
  if (data.length > (mostImageBytes / 3) * 4 || !/^[A-Za-z0-9+/]{16,}={0,2}$/.test(data))
    return null;
  const head = Uint8Array.from(atob(data.slice(0, 16)), (byte) => byte.charCodeAt(0));
  const mediaType = imageType(head);
  return mediaType === null
    ? null
    : { kind: 'image', file, mediaType, data, language: '', text: '' };
}
