/** What is asked about each of many files. */
export const fileTexts = {
  explain:
    'Explain this file: first what it is for in a sentence or two, then how it does it. Point out ' +
    'what is surprising. Be brief where the code is plain.',
  review:
    'Review this file. List what is wrong, the worst first, each with its lines, why it is wrong, ' +
    'and how to mend it. Leave out matters of taste. Say so where nothing is wrong.',
  summarise: 'Say in at most three sentences what this file is for and what it offers to others.',
} as const;
