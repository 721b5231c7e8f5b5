/** A text box in which Enter sends and Shift+Enter breaks the line, also while an IME composes. */
export function questionBox(label: string, send: (text: string) => void): HTMLTextAreaElement {
  const box = document.createElement('textarea');
  box.rows = 1;
  box.dir = 'auto';
  box.setAttribute('aria-label', label);
  box.addEventListener('keydown', (event) => {
    // Enter takes what the IME offers; in some of them it comes after composing, as key code 229.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
    event.preventDefault();
    if (box.value.trim() !== '') send(box.value);
  });
  return box;
}
