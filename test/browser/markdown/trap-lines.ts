import fc from 'fast-check';
import { cut } from './splits.ts';

/** Lines that have tripped incremental parsers. */
const line = fc.constantFrom(
  '', '', '', ' ', 'plain words', 'more | words', '# heading', '## ', '#', '===', '---', '--', '=', '-', '+', '*', '1.',
  '- item', '- item', '- item', '* other', '+ plus', '  - nested', '    - deeper', '1. one', '2. two', '10) ten', '1) par',
  '   three spaces', '  two spaces', '      six', '    indented', '\tcode', '\t- tab', '-\ttab', '- \tx', '-     code',
  '> quote', '> > nested', '>', '> - item', '>   - nested', '>> deep', '> ```', '> # h', '>\ttab', '> | a | b |', '> |---|---|',
  '- > quoted', '  > quoted', '- # heading', '- - two', '- 1. x', '1. - x', '  continued', 'lazy',
  '```ts', '```', '~~~', '````', '  ```', '- ```js', '  ~~~', '``` a`b', '    ```',
  '| a | b |', '|---|:-:|', '| 1 | 2 |', '| 1', 'a | b', '--|--', '|', '|a|', '|-|', '- a | b', '  |---|---|', '- | a |', '  | - |', '  | c |',
  '**bold', 'still**', '*em', 'phasis*', '`half', 'code`', '``two', '~~gone', 'back~~', '_under', 'line_',
  '<div>', '</div>', '<https://a.b', '![image](x.png)', '![half', '[link](https://x.y)', '[link](', 'https://x.y)', '[open', 'close]',
  '[ref]', '[ref][]', '[text][ref]', '[ref]: https://r.f', '[ref]:', 'https://late.r', "[ref]: /u 'title", "title'", '"title"', '(par', "'x' y",
  '> [ref]: /q', '- [ref]: /l', '  [ref]: /m', '[ref\\]: x', '[two', 'lines]: /u', '* * *', '***', '- [ ] task', '- [x] done', '- [x]', '  [ ] no',
  'https://example.com', 'https://example.com/**b**', 'www.x.y', '\\', 'end\\', '&amp;', '&am', 'trailing  ', 'nbsp\u00a0', 'a\0b', '😀 *e*', '<!-- x', '-->',
);

/** Several lines, and where the text is cut. */
export const cutText = fc
  .tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'), fc.boolean())
  .map(([lines, end, isEnded]) => lines.join(end) + (isEnded ? end : ''))
  .chain((text) =>
    fc.tuple(
      fc.constant(text),
      fc.oneof(
        fc.uniqueArray(fc.nat({ max: text.length }), { maxLength: 20 }),
        fc.constant(Array.from({ length: text.length }, (_, at) => at)),
        fc.constant([...text.matchAll(/\n/g)].map(({ index }) => index + 1)),
      ),
    ),
  )
  .map(([text, places]) => cut(text, places));
