/** Where the focus was in the transcript. */
export interface TranscriptFocus {
  /** Which turn, from the top, counted from 0. */
  readonly index: number;
  readonly replyId: string;
  /** What the focused button does; null where it was no button. */
  readonly action: string | null;
  /** Of the text box that the question is edited in, in UTF-16 code units; null elsewhere. */
  readonly caret: readonly [start: number, end: number] | null;
}

/** Null where the focus is elsewhere. */
export function captureFocus(root: HTMLElement): TranscriptFocus | null {
  const { activeElement: focused } = document;
  const turn = focused?.closest<HTMLElement>('[data-reply]');
  if (!(focused instanceof HTMLElement) || turn == null || !root.contains(turn)) return null;
  return {
    index: getTurns(root).indexOf(turn),
    replyId: turn.dataset['reply'] ?? '',
    action: focused.dataset['action'] ?? null,
    caret:
      focused instanceof HTMLTextAreaElement
        ? [focused.selectionStart, focused.selectionEnd]
        : null,
  };
}

/**
 * Puts the focus on the same control of the turn that stands there now, or on what is nearest to
 * it. The view stays where it is.
 */
export function restoreFocus(
  root: HTMLElement,
  { index, replyId, action, caret }: TranscriptFocus,
): void {
  const turn = getTurns(root)[index];
  if (turn === undefined) return;
  const box = turn.dataset['reply'] === replyId ? turn.querySelector('textarea') : null;
  if (caret !== null && box !== null) {
    box.focus({ preventScroll: true });
    box.setSelectionRange(...caret);
    return;
  }
  const wanted = action === null ? [] : [`[data-action="${CSS.escape(action)}"]`];
  // At the first and the last version one of the two buttons is disabled.
  if (action?.startsWith('branch-')) wanted.push('.branches button');
  for (const selector of [...wanted, '[data-action=edit]', '.reply-text']) {
    const target = turn.querySelector<HTMLElement>(`${selector}:not(:disabled)`);
    if (target === null) continue;
    target.focus({ preventScroll: true });
    return;
  }
}

function getTurns(root: HTMLElement): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-reply]')];
}
