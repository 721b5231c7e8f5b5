/** What the simulator says of test/sample/retry.ts: made up by us, in the shape of a real answer. */
export const sampleReply = `\`retry\` calls an asynchronous \`task\` until it succeeds, at most \`attempts\` times, and waits longer after each failure. This is *exponential backoff with jitter*.

### How it runs

1. The \`for\` loop has no condition of its own: it ends by \`return\` or by \`throw\` (line 6).
2. \`return await task()\` hands back the first success. The \`await\` matters: without it a rejected promise would leave the function **before** the \`catch\` could see it.
3. After the last attempt the error is thrown again, unchanged (line 10).
4. Otherwise it sleeps between \`wait\` and \`2 × wait\` milliseconds, then doubles \`wait\`.

| attempt | waits before the next |
|--:|:--|
| 1 | 100–200 ms |
| 2 | 200–400 ms |
| 3 | 400–800 ms |
| 4 | 800–1600 ms |

### Worth knowing

- **Every error is retried**, a \`TypeError\` from a typo as well. Callers often want to say which ones are worth it:

  \`\`\`ts
  if (!isTransient(error) || attempt >= attempts) throw error;
  \`\`\`

- With \`attempts = 0\` the task still runs once.
- Nothing can stop it while it sleeps. An \`AbortSignal\` would help:

\`\`\`ts
await sleep(wait + Math.random() * wait, { signal });
\`\`\`

The jitter keeps many callers from trying again at the same moment, which is a good habit; see [exponential backoff](https://en.wikipedia.org/wiki/Exponential_backoff).
`;
