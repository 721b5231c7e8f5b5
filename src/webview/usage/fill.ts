/** A message with its placeholders `{0}`, `{1}`, … filled in. */
export function fill(message: string, ...args: readonly string[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index) => args[Number(index)] ?? whole);
}
