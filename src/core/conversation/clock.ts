/**
 * Milliseconds on a clock that never goes back. In hundredths, as the journal keeps them: a receipt
 * comes back from it to the last digit.
 */
export function now(): number {
  return Math.round(performance.now() * 100) / 100;
}
