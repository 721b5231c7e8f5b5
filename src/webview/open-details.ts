/*
 * Which receipts and thoughts are unfolded: each is named by what it is and whose reply's, such as
 * `receipt 3f2a…`.
 */

function nameOf(details: HTMLDetailsElement): string {
  const replyId = details.closest<HTMLElement>('[data-reply]')?.dataset['reply'] ?? '';
  return `${'receipt' in details.dataset ? 'receipt' : 'thinking'} ${replyId}`;
}

function own(transcript: HTMLElement): readonly HTMLDetailsElement[] {
  const selector = 'details:is([data-receipt], [data-thinking])';
  return [...transcript.querySelectorAll<HTMLDetailsElement>(selector)];
}

export function openDetails(transcript: HTMLElement): readonly string[] {
  return own(transcript)
    .filter((details) => details.open)
    .map(nameOf);
}

export function openAgain(transcript: HTMLElement, names: readonly string[]): void {
  for (const details of own(transcript)) details.open = names.includes(nameOf(details));
}
