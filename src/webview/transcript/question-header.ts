import { fill } from '../../core/l10n.ts';
import type { PanelStrings } from '../../core/protocol/panel-strings.ts';
import type { SourceView, TurnView } from '../../core/protocol/to-webview.ts';
import { createQuestionBox } from '../composer/question-box.ts';
import { createButton, createElement, preventFocusOnMouseDown } from '../elements.ts';

export interface QuestionActions {
  /** Asks in other words; the text box stays until `closeEdit`. */
  edit(text: string): void;
  /** Keeps the words of an edit; null where it was given up. */
  saveEdit(text: string | null): void;
  switchBranch(to: 'previous' | 'next'): void;
  /** Shows in an editor what was asked about. */
  openSource(index: number): void;
}

/** What was asked, and about what; it can be asked again in other words. */
export class QuestionHeader {
  readonly element = createElement('header', 'question');
  /** What names the turn to a screen reader. */
  readonly titleId: string;
  readonly #strings: PanelStrings;
  readonly #actions: QuestionActions;
  readonly #text: HTMLElement;
  readonly #sources = createElement('ul', 'sources');
  /** Null unless the question is being edited. */
  #editForm: HTMLElement | null = null;

  constructor(turn: TurnView, strings: PanelStrings, actions: QuestionActions) {
    const { replyId, title, promptText, sources, branch } = turn;
    this.#strings = strings;
    this.#actions = actions;
    const heading = createElement('h2', 'question-title', title);
    heading.id = `question-${replyId}`;
    this.titleId = heading.id;
    // Turns are told apart by their headings alone when a screen reader lists them.
    heading.setAttribute(
      'aria-label',
      [title, truncate(promptText), ...sources.map(({ label }) => label)].join(' ').trim(),
    );
    this.#text = createElement('p', 'question-text', promptText);
    this.#text.dir = 'auto';
    this.element.append(heading);
    if (sources.length > 0) this.element.append(this.#sources);
    this.showSources(sources);
    if (turn.redacted) this.element.append(createElement('span', 'redacted', strings.redacted));
    if (branch.count > 1) this.element.append(this.#createBranchSwitcher(branch));
    if (promptText === '') return;
    const edit = createButton('edit', strings.edit, () => {
      if (this.#editForm === null) this.#openEditForm(promptText);
      this.#editForm?.querySelector('textarea')?.focus();
    });
    edit.classList.add('link', 'quiet');
    edit.setAttribute('aria-label', fill(strings.editQuestion, truncate(promptText)));
    this.element.append(edit, this.#text);
  }

  /** Where they stand now, and whether they have changed since; as many as before. */
  showSources(sources: readonly SourceView[]): void {
    for (const [index, { label, opens, stale }] of sources.entries()) {
      let item = this.#sources.children[index];
      if (item === undefined) {
        item = createElement('li', 'source');
        const open = preventFocusOnMouseDown(
          createButton('open-source', '', () => this.#actions.openSource(index)),
        );
        open.classList.add('link');
        item.append(opens ? open : createElement('span', ''), createElement('span', 'stale-mark'));
        this.#sources.append(item);
      }
      const [name, mark] = item.children;
      // In place: it may have the focus.
      if (name !== undefined) name.textContent = label;
      if (mark !== undefined) mark.textContent = stale ? ` (${this.#strings.changedSince})` : '';
      item.classList.toggle('stale', stale);
    }
  }

  #createBranchSwitcher({ number, count }: TurnView['branch']): HTMLElement {
    const { previousBranch, nextBranch, branchOf } = this.#strings;
    const group = createElement('span', 'branches');
    group.setAttribute('role', 'group');
    const words = fill(branchOf, number, count);
    group.setAttribute('aria-label', words);
    const step = (to: 'previous' | 'next', sign: string, label: string): HTMLButtonElement => {
      const made = createButton(`branch-${to}`, sign, () => this.#actions.switchBranch(to));
      made.classList.add('link');
      made.setAttribute('aria-label', label);
      made.disabled = to === 'previous' ? number === 1 : number === count;
      return made;
    };
    group.append(
      step('previous', '‹', previousBranch),
      createElement('span', 'branch-number', `${number}/${count}`),
      step('next', '›', nextBranch),
    );
    return group;
  }

  /** Shows an edit of before, without taking the focus. */
  restoreEdit(text: string): void {
    if (this.#editForm === null) this.#openEditForm(text);
  }

  /** Shows the question again, as it was asked. */
  closeEdit(): void {
    const hadFocus = this.#editForm?.contains(document.activeElement) === true;
    this.#editForm?.replaceWith(this.#text);
    this.#editForm = null;
    if (hadFocus) this.element.querySelector<HTMLElement>('[data-action=edit]')?.focus();
  }

  /** The question as a text box, until it was accepted or is given up. */
  #openEditForm(text: string): void {
    const form = createElement('div', 'question-edit');
    const giveUp = (): void => {
      this.#actions.saveEdit(null);
      this.closeEdit();
    };
    const send = (words: string): void => {
      if (words.trim() !== '') this.#actions.edit(words);
    };
    const box = createQuestionBox(this.#strings.edit, send);
    box.value = text;
    box.addEventListener('input', () => this.#actions.saveEdit(box.value));
    box.addEventListener('keydown', ({ key }) => key === 'Escape' && giveUp());
    const cancel = createButton('cancel-edit', this.#strings.cancel, giveUp);
    cancel.classList.add('secondary');
    const bar = createElement('div', 'composer-bar');
    bar.append(
      cancel,
      createButton('send-edit', this.#strings.send, () => send(box.value)),
    );
    form.append(box, bar);
    this.#text.replaceWith(form);
    this.#editForm = form;
  }
}

const maxSpokenLength = 80;

function truncate(text: string): string {
  return text.length <= maxSpokenLength ? text : `${text.slice(0, maxSpokenLength).trimEnd()}…`;
}
