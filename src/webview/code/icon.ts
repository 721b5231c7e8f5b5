/** Our own drawings on 16 by 16, as strokes in the text's colour. */
const strokes = {
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  copied: 'M3 8.5l3.5 3.5L13 4.5',
  insert: 'M2.5 8h8M7.5 5l3 3-3 3M13.5 3v10',
  replace: 'M2.5 2.5h6v4h-6zM7.5 9.5h6v4h-6zM11.5 3.5v3.5M9.7 5.4l1.8 1.8 1.8-1.8',
  'new-file': 'M8.5 2.5h-5v11h9v-7zM8.5 2.5v4h4M8 8.5v3M6.5 10h3',
  explain: 'M2.5 2.5h11v8.5h-6l-3 2.5V11h-2zM6.6 5.6a1.4 1.4 0 1 1 1.4 1.5v.6M8 9.2v.2',
  wrap: 'M2 3.5h12M2 8h9.5a2 2 0 0 1 0 4.5H8M9.5 10.5l-2 2 2 2M2 12.5h3',
} as const;

export type IconName = keyof typeof strokes;

const svg = 'http://www.w3.org/2000/svg';

export function icon(name: IconName): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', strokes[name]);
  drawing.append(path);
  return drawing;
}
