/** Which environment variables a VS Code under test gets to see. */

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What would make a test depend on the shell it was started from: the developer's API key, and the
 * variables of a VS Code terminal, which lead a new VS Code to the running one.
 */
export function isPersonal(name: string): boolean {
  return /^(ANTHROPIC|VSCODE|ELECTRON)_/i.test(name);
}

/** All of our environment that isn't personal. */
export function impersonalEnvironment(): Environment {
  const entries = Object.entries(process.env).filter(([name]) => !isPersonal(name));
  return Object.fromEntries(entries);
}
