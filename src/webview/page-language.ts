/** The language of the words that the host gave the page, in which its figures are written too. */
export function pageLanguage(): string {
  return document.documentElement.lang || 'en';
}
