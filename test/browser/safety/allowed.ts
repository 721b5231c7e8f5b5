/**
 * Everything that may stand in a reply's text: elements, and their attributes with what these may say.
 * Whatever isn't here is an active node, or may become one. To be extended where the panel gains
 * something, and only with what can neither run, load, nor style.
 */
type Table = Readonly<Record<string, Readonly<Record<string, RegExp>>>>;

/** Text that is shown or read out, never interpreted. */
const words = /^[\s\S]*$/;
const number = /^-?\d+(?:\.\d+)?$/;
const flag = /^(?:|true|false)$/;

/** Attributes that do nothing, whatever element they are on; besides them all `data-` ones. */
const anywhere: Readonly<Record<string, RegExp>> = {
  class: /^[\w -]*$/,
  title: words,
  role: /^(?:group|region|presentation|img)$/,
  tabindex: /^(?:0|-1)$/,
  hidden: flag,
  'aria-hidden': flag,
  'aria-label': words,
  'aria-pressed': flag,
  'aria-live': /^(?:off|polite)$/,
};

const inText: Table = {
  // Markdown
  p: {},
  h1: { 'aria-level': /^3$/ },
  h2: { 'aria-level': /^3$/ },
  h3: {},
  h4: {},
  h5: {},
  h6: {},
  ul: {},
  ol: { start: number },
  li: {},
  blockquote: {},
  hr: {},
  br: {},
  em: {},
  strong: {},
  s: {},
  table: {},
  thead: {},
  tbody: {},
  tr: {},
  th: {},
  td: {},
  code: {},
  pre: {},
  // Whole, and without a user in front of the server.
  a: { href: /^https?:\/\/[^\s/@?#\\]+\/\S*$/, rel: /^noreferrer$/ },
  // What would have been a link, the cursor, highlighting, and groups of blocks
  span: {},
  div: {},
  section: {},
};

/** The header of a code block, with buttons and their icons. */
const inCodeBlock: Table = {
  header: {},
  button: { type: /^button$/, disabled: flag },
  svg: { viewBox: /^[\d. ]+$/, width: number, height: number, focusable: flag },
  path: { d: /^[\w\s,.-]*$/, 'fill-rule': /^\w+$/, 'clip-rule': /^\w+$/ },
};

/** For the page: an element's name and its attributes, each with a regular expression's source. */
type Sources = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Allowed {
  readonly inText: Sources;
  readonly inCodeBlock: Sources;
  readonly codeBlock: string;
}

function sources(table: Table): Sources {
  return Object.fromEntries(
    Object.entries(table).map(([element, attributes]) => [
      element,
      Object.fromEntries(
        Object.entries({ ...anywhere, ...attributes }).map(([name, says]) => [name, says.source]),
      ),
    ]),
  );
}

export const allowed: Allowed = {
  inText: sources(inText),
  inCodeBlock: sources(inCodeBlock),
  codeBlock: '.code-block',
};
