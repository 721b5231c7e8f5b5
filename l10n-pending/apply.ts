// node apply.ts <worktree with branch l10n merged>: adds the translations of pending.json that its code asks for.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
const root = resolve(process.argv[2] ?? '.');
const { messagesOf } = await import(join(root, 'test/unit/l10n/messages.ts'));
const { sourceFiles } = await import(join(root, 'test/unit/l10n/source-files.ts'));
const pending = JSON.parse(readFileSync(join(import.meta.dirname, 'pending.json'), 'utf8'));
const json = (name: string): Record<string, string> => JSON.parse(readFileSync(join(root, name), 'utf8'));
const write = (name: string, texts: Record<string, string>): void =>
  writeFileSync(join(root, name), `${JSON.stringify(texts, null, 2)}\n`);
const english = json('package.nls.json');
const { texts, problems } = messagesOf(sourceFiles());
console.log(problems.join('\n'));
for (const language of ['de', 'es', 'fr', 'ja', 'ko', 'zh-cn']) {
  const fill = (name: string, keys: readonly string[], find: (key: string, old: string | undefined) => string | undefined): void => {
    const old = json(name);
    const made: Record<string, string> = {};
    const lacking: string[] = [];
    for (const key of keys) {
      const found = find(key, old[key]);
      if (found === undefined) lacking.push(key);
      else made[key] = found;
    }
    write(name, made);
    console.log(`${name}: ${Object.keys(made).length}, lacks ${lacking.length}`);
    if (language === 'de') for (const key of lacking) console.log(`  ${JSON.stringify(key)}`);
  };
  const { bundle, manifest } = pending[language];
  fill(`l10n/bundle.l10n.${language}.json`, texts, (key, old) => old ?? bundle[key]);
  fill(`package.nls.${language}.json`, Object.keys(english), (key, old) =>
    pending.english[key] === english[key] ? manifest[key] : old,
  );
}
