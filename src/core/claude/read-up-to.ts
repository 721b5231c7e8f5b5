/**
 * The beginning of a body as text: of an error, or of a page in the place of an answer, for which no
 * long wait is worth it. Never rejects: a body that breaks off has its beginning.
 */
export async function readUpTo(
  body: ReadableStream<Uint8Array>,
  maxCharacters: number,
  timeoutMs: number,
): Promise<string> {
  const reader = body.getReader();
  // What a cancelled reader says is of no interest: its reads end.
  const cancel = (): void => void reader.cancel().catch(() => {});
  const timer = setTimeout(cancel, timeoutMs);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
      if (text.length > maxCharacters) cancel();
    }
  } catch {
    // The status, or the content type, says enough.
  } finally {
    clearTimeout(timer);
  }
  return text;
}
