import { svg } from './svg.ts';

/** The opaque colours of the theme's charts; the style sheet has a class for each. */
const colours = 5;

/** What is drawn over the colour, so that colour isn't the only sign. In a square of 8 by 8. */
const marks = [
  '',
  'M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4',
  'M0,2 h8 M0,6 h8',
  'M2,0 v8 M6,0 v8',
  'M0,0 l8,8 M0,8 l8,-8',
];

/** A pattern for each series; 25 differ. */
export function seriesPatterns(count: number): SVGElement {
  const definitions = svg('defs', {});
  for (let series = 0; series < count; series++) {
    const pattern = svg('pattern', {
      id: `series-${series}`,
      class: `series-${series % colours}`,
      width: '8',
      height: '8',
      patternUnits: 'userSpaceOnUse',
    });
    pattern.append(svg('rect', { width: '8', height: '8', fill: 'currentColor' }));
    const mark = marks[(series + Math.floor(series / colours)) % marks.length] ?? '';
    if (mark !== '') pattern.append(svg('path', { class: 'mark', d: mark }));
    definitions.append(pattern);
  }
  return definitions;
}

export function swatch(series: number): SVGElement {
  const box = svg('svg', { class: 'swatch', 'aria-hidden': 'true' });
  box.append(
    svg('rect', { class: 'bar', width: '100%', height: '100%', fill: `url(#series-${series})` }),
  );
  return box;
}
