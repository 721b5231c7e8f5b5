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

const namePattern = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
/** HTTP's own, the SDK's own, and those that the key goes in: a setting may have any other. */
const reservedName =
  /^(accept(-.*)?|authorization|x-api-key|x-stainless-.*|anthropic-(version|dangerous-.*)|connection|content-.*|date|expect|host|keep-alive|origin|(proxy|sec)-.*|te|trailer|transfer-encoding|upgrade|user-agent|via)$/;
const valuePattern = /^[!-~]([ -~]*[!-~])?$/;
const secretPattern = /\$\{secret:([\w.-]+)\}/g;

/** How a header's value names a secret. */
export function secretPlaceholder(name: string): string {
  return `\${secret:${name}}`;
}

/**
 * Whether a header may be set. What looks like a placeholder and is none would be sent as it
 * stands.
 */
export function isAllowedHeader(name: string, value: unknown): value is string {
  return (
    namePattern.test(name) &&
    !reservedName.test(name) &&
    typeof value === 'string' &&
    valuePattern.test(value) &&
    !value.replace(secretPattern, '').includes('${')
  );
}

/** Whether a text can stand in a header, with nothing to trim. */
export function isHeaderValue(text: string): boolean {
  return valuePattern.test(text);
}

/** The names of the secrets that headers need, each once. */
export function findSecretNames(headers: ExtraHeaders): readonly string[] {
  const names = Object.values(headers).flatMap((value) =>
    [...value.matchAll(secretPattern)].map(([, name = '']) => name),
  );
  return [...new Set(names)];
}

/** Shorter values give nothing away, and are parts of what servers say. */
const minRedactedLength = 4;
const withScheme = /^(?:basic|bearer|key|token)\s+(.+)$/i;

/**
 * The values of headers that are written in the setting itself, which a server may echo: whole, and
 * without the scheme before them.
 * @param filled headers as they go out
 * @param secrets those that stand in them; a value that has one isn't literal
 */
export function findLiteralValues(
  filled: ExtraHeaders,
  secrets: readonly string[],
): readonly string[] {
  return Object.values(filled)
    .filter((value) => !secrets.some((secret) => value.includes(secret)))
    .flatMap((value) => [value, withScheme.exec(value)?.[1] ?? ''])
    .filter((value) => value.length >= minRedactedLength);
}

/** @param secrets by name; one for each of `findSecretNames` */
export function fillHeaderSecrets(
  headers: ExtraHeaders,
  secrets: ReadonlyMap<string, string>,
): ExtraHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(secretPattern, (_, secret: string) => secrets.get(secret) ?? ''),
    ]),
  );
}
