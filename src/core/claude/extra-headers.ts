/**
 * Headers that go with every request, as the setting has them: names in lower case. A value may
 * name secrets: `Bearer ${secret:gateway}`.
 */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** Headers as they go out, with the secrets that stand in them. */
export interface FilledHeaders {
  readonly headers: ExtraHeaders;
  readonly secrets: readonly string[];
}

const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** HTTP's own, the SDK's own, and those that the key goes in: a setting may have any other. */
const taken =
  /^(accept(-.*)?|authorization|x-api-key|x-stainless-.*|anthropic-(version|dangerous-.*)|connection|content-.*|date|expect|host|keep-alive|origin|(proxy|sec)-.*|te|trailer|transfer-encoding|upgrade|user-agent|via)$/;
const printable = /^[!-~]([ -~]*[!-~])?$/;
const placeholder = /\$\{secret:([\w.-]+)\}/g;

/** How a header's value names a secret. */
export function placeholderOf(name: string): string {
  return `\${secret:${name}}`;
}

/**
 * Whether a header may be set. What looks like a placeholder and is none would be sent as it
 * stands.
 */
export function isExtraHeader(name: string, value: unknown): value is string {
  return (
    token.test(name) &&
    !taken.test(name) &&
    typeof value === 'string' &&
    printable.test(value) &&
    !value.replace(placeholder, '').includes('${')
  );
}

/** Whether a text can stand in a header, with nothing to trim. */
export function isHeaderText(text: string): boolean {
  return printable.test(text);
}

/** The names of the secrets that headers need, each once. */
export function secretNames(headers: ExtraHeaders): readonly string[] {
  const names = Object.values(headers).flatMap((value) =>
    [...value.matchAll(placeholder)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

/** @param secrets by name; one for each of `secretNames` */
export function fillIn(headers: ExtraHeaders, secrets: ReadonlyMap<string, string>): ExtraHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(placeholder, (_, secret: string) => secrets.get(secret) ?? ''),
    ]),
  );
}
