/*
 * A script of its own, loaded once there is code to colour. It hands its one function over by an
 * event on its own element, so that nothing of it is global.
 */
import { highlight } from './highlight.ts';
import { highlighterEvent } from './highlighter.ts';

document.currentScript?.dispatchEvent(new CustomEvent(highlighterEvent, { detail: highlight }));
