/*
 * As much of DER (ITU-T X.690) as a certificate needs: each function gives one encoded value.
 */

function value(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => value(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]): Buffer => value(0x31, ...parts);
export const integer = (bytes: Uint8Array): Buffer => value(0x02, bytes);
export const bits = (bytes: Uint8Array): Buffer => value(0x03, Buffer.from([0]), bytes);
export const octets = (bytes: Uint8Array): Buffer => value(0x04, bytes);
export const text = (words: string): Buffer => value(0x0c, Buffer.from(words));
export const yes: Buffer = value(0x01, Buffer.from([0xff]));

/** A value under a number that its place gives a meaning to. */
export const tagged = (number: number, content: Uint8Array): Buffer =>
  value(0xa0 | number, content);
/** The same, where the number stands in the place of the value's own tag. */
export const implicit = (number: number, content: Uint8Array): Buffer =>
  value(0x80 | number, content);

/** Such as `2.5.4.3`. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return value(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBits)]));
}

/** The digits to the base of 128, each but the last with its highest bit set. */
function sevenBits(number: number): number[] {
  const digits = [number & 0x7f];
  for (let rest = number >> 7; rest > 0; rest >>= 7) digits.unshift(0x80 | (rest & 0x7f));
  return digits;
}

/** A point in time, with the year in four digits. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, '');
  return value(0x18, Buffer.from(digits));
}
