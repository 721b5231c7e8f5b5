import css from 'highlight.js/lib/languages/css';
import less from 'highlight.js/lib/languages/less';
import scss from 'highlight.js/lib/languages/scss';

/** Each brings the same long lists along: next to each other in the bundle they are compressed. */
export { css, less, scss };
