/**
 * Puts pictures together as an animated PNG (APNG), without touching their pixels: each picture's own
 * data becomes a frame, packed as small as it goes. Browsers show it; what can't, shows the first one.
 * @see https://www.w3.org/TR/png-3/#11animation-information
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Frame {
  /** A PNG; the first gives the size of the whole, and all are of its colour type. */
  readonly png: Buffer;
  /** Where it stands on the whole, in pixels. */
  readonly x: number;
  readonly y: number;
  /** For how long it is shown, in milliseconds: at most 65,535. */
  readonly ms: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** Played again and again. */
export function animatedPng(frames: readonly Frame[]): Buffer {
  const pictures = frames.map(({ png }) => chunksOf(png));
  const [first] = pictures;
  if (first === undefined) throw new Error('There is no frame.');
  const header = headerOf(first);
  let sequence = 0;
  const next = (): Buffer => uint32(sequence++);
  const body = pictures.flatMap((chunks, index): Chunk[] => {
    const frame = frames[index];
    const own = headerOf(chunks);
    if (frame === undefined || !own.subarray(8).equals(header.subarray(8))) {
      throw new Error(`Picture ${index} is of another colour type than the first.`);
    }
    const data = packed(chunks);
    const control = Buffer.concat([
      next(),
      own.subarray(0, 8),
      uint32(frame.x),
      uint32(frame.y),
      uint16(frame.ms),
      uint16(1000),
      // Left as it is when the next one comes, which is drawn over it.
      Buffer.from([0, 0]),
    ]);
    return [
      { type: 'fcTL', data: control },
      // The first picture is also what is shown where nothing is animated.
      index === 0 ? { type: 'IDAT', data } : { type: 'fdAT', data: Buffer.concat([next(), data]) },
    ];
  });
  const whole: readonly Chunk[] = [
    { type: 'IHDR', data: header },
    { type: 'acTL', data: Buffer.concat([uint32(frames.length), uint32(0)]) },
    ...body,
    { type: 'IEND', data: Buffer.alloc(0) },
  ];
  return Buffer.concat([signature, ...whole.map(written)]);
}

export function chunksOf(png: Buffer): readonly Chunk[] {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('This is no PNG.');
  const chunks: Chunk[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

/** A picture's data, whose compression screenshots don't spend much time on. */
function packed(chunks: readonly Chunk[]): Buffer {
  const data = chunks.flatMap((chunk) => (chunk.type === 'IDAT' ? [chunk.data] : []));
  return deflateSync(inflateSync(Buffer.concat(data)), { level: 9 });
}

function headerOf(chunks: readonly Chunk[]): Buffer {
  const [header] = chunks;
  if (header?.type !== 'IHDR') throw new Error('A PNG begins with its header.');
  return header.data;
}

function written({ type, data }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
