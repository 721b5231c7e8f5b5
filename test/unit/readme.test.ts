import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const readme = readText('README.md');

describe('README', () => {
  it('has a row for every setting', () => {
    const { contributes } = JSON.parse(readText('package.json')) as {
      contributes: { configuration: { properties: Record<string, unknown> } };
    };
    const missing = Object.keys(contributes.configuration.properties).filter(
      (name) => !readme.includes(`| \`${name.replace('claudeStream.', '')}\``),
    );
    assert.deepEqual(missing, []);
  });

  it('links to files and pictures that are there', () => {
    const paths = [...readme.matchAll(/\]\(((?!https?:|#)[^)#]+)/g)].map(([, path = '']) => path);
    assert.ok(paths.length > 3);
    assert.deepEqual(
      paths.filter((path) => !existsSync(new URL(path, root))),
      [],
    );
  });

  it('names every runtime dependency with its reason in CONTRIBUTING', () => {
    const { dependencies } = JSON.parse(readText('package.json')) as {
      dependencies: Record<string, string>;
    };
    const contributing = readText('CONTRIBUTING.md');
    for (const name of Object.keys(dependencies)) {
      assert.match(contributing, new RegExp(`^\\| \`${name}\` \\| \\S`, 'm'));
    }
  });
});
