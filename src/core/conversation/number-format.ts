/** Making one takes much longer than using it, and a table uses it for every cell. */
const made = new Map<string, Intl.NumberFormat>();

/**
 * Writes numbers as a language does: `1,234.5`, `1.234,5`, `1 234,5`.
 *
 * @param language as BCP 47 has it
 * @param digits after the decimal separator, at least and at most
 */
export function numberFormat(
  language: string,
  digits: readonly [least: number, most: number],
): Intl.NumberFormat {
  return remembered(`${language} ${digits}`, language, fractions(digits));
}

/** The same for US dollars, with their sign where the language has it: `$0.13`, `0,13 $`. */
export function dollarFormat(language: string, digits: number): Intl.NumberFormat {
  return remembered(`${language} $${digits}`, language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...fractions([digits, digits]),
  });
}

function fractions([least, most]: readonly [number, number]): Intl.NumberFormatOptions {
  return { minimumFractionDigits: least, maximumFractionDigits: most };
}

function remembered(
  key: string,
  language: string,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(language, options);
  made.set(key, format);
  return format;
}
