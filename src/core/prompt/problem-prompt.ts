/** What is asked about a problem that another extension has found. */
export const explainProblemText =
  'Explain the listed problem: what it means here, in a sentence or two; what causes it, by the lines ' +
  'that do; and how to fix it, with the smallest change that does. Where it is a false alarm, say so.';
