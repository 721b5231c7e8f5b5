import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { findSecrets, redactSecrets } from '../../../src/core/secrets/find-secrets.ts';
import { findQuestionSecrets, redactQuestion } from '../../../src/core/secrets/question-secrets.ts';
import { type SecretKind, secretLabel } from '../../../src/core/secrets/secret-kinds.ts';
import { secretShapes } from '../../../src/core/secrets/secret-shapes.ts';
import { english } from '../../fakes/english.ts';

/** Random letters, the same at every run: no real secret stands in this file, nor the shape of one. */
function random(length: number, letters: string, seed = 7): string {
  let state = seed * 2_654_435_761;
  let text = '';
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += letters[Math.floor((state / 2_147_483_648) * letters.length)];
  }
  return text;
}

const upper = 'BCDGHJKLMNPQRSTVWZ';
const lower = upper.toLowerCase();
const digits = '34567892';
const mixedLetters = upper + lower + digits;
const mixed = (length: number): string => random(length, mixedLetters);
const pem = (label: string): string =>
  [`-----BEGIN ${label}-----`, mixed(64), mixed(64), `-----END ${label}-----`].join('\n');

const secrets: readonly [kind: SecretKind, value: string][] = [
  ['anthropic-api-key', `sk-ant-${'api03-'}${mixed(40)}`],
  ['openai-api-key', `sk-proj-${mixed(40)}`],
  ['openai-api-key', `sk-${mixed(48)}`],
  ['aws-access-key', `AKIA${random(16, `${upper}34567`)}`],
  ['google-api-key', `AIza${mixed(35)}`],
  ['github-token', `ghp_${mixed(36)}`],
  ['github-token', `github_pat_${mixed(82)}`],
  ['gitlab-token', `glpat-${mixed(20)}`],
  ['slack-token', `xoxb-${random(12, digits)}-${random(12, digits)}-${mixed(24)}`],
  ['stripe-key', `sk_live_${mixed(24)}`],
  ['npm-token', `npm_${mixed(36)}`],
  ['pypi-token', `pypi-AgE${mixed(60)}`],
  ['sendgrid-key', `SG.${mixed(22)}.${mixed(43)}`],
  ['hugging-face-token', `hf_${mixed(34)}`],
  ['digitalocean-token', `dop_v1_${random(64, '3456789bcde')}`],
  ['telegram-token', `${random(9, digits)}:AA${mixed(33)}`],
  ['json-web-token', `eyJ${mixed(20)}.eyJ${mixed(40)}.${mixed(43)}`],
  ['private-key', pem('RSA PRIVATE KEY')],
  ['private-key', pem('OPENSSH PRIVATE KEY')],
  ['private-key', pem('PRIVATE KEY')],
];

/** Where only a part is secret. */
const inContext: readonly [kind: SecretKind, before: string, value: string, after: string][] = [
  ['aws-access-key', 'aws_secret_access_key = ', mixed(40), '\n'],
  ['azure-storage-key', 'AccountName=a;AccountKey=', `${mixed(86)}==`, ';Endpoint=b'],
  ['password-in-an-address', 'postgres://admin:', 'kR7tQ2vX9m', '@db.internal:5432/app'],
  ['password-or-token', 'const apiKey = "', mixed(32), '";'],
  ['password-or-token', "  'client_secret': '", mixed(32), "',"],
  ['password-or-token', 'DB_PASSWORD=', mixed(32), '\nNEXT=1'],
];

const harmless: readonly string[] = [
  'AKIAIOSFODNN7EXAMPLE',
  'sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'export ANTHROPIC_API_KEY=sk-ant-your-key-goes-here-please',
  'const password = process.env.DATABASE_PASSWORD_FOR_PRODUCTION;',
  'password: Yup.string().min(8).required("Type a password")',
  'const tokenEndpointAuthMethodSupported = "client_secret_basic";',
  'https://user:password@example.com/',
  'https://${user}:${password}@db.internal',
  'secret = "this-is-only-a-sentence-with-dashes"',
  'accessToken: "application/vnd.api+json; charset=utf-8"',
  'const apiKey = "claudeStream.setApiKey.commandIdentifier";',
  '"integrity": "sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg=="',
  'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
  'if (pem.startsWith("-----BEGIN PRIVATE KEY-----")) return parse(pem);',
  'id = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"',
  'skeleton-loader-animation-duration-of-the-first-row',
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
];

describe('secrets in a text', () => {
  for (const [kind, value] of secrets) {
    it(`are known by their shape: ${kind}, ${value.slice(0, 12).replace('\n', ' ')}…`, () => {
      const text = `before ${value} after`;
      assert.deepEqual(findSecrets(text), [{ kind, start: 7, end: 7 + value.length }]);
      assert.equal(redactSecrets(text), `before [redacted: ${kind}] after`);
    });
  }

  for (const [kind, before, value, after] of inContext) {
    it(`are known by what stands before them: ${before.trim()}`, () => {
      assert.equal(redactSecrets(before + value + after), `${before}[redacted: ${kind}]${after}`);
    });
  }

  for (const text of harmless) {
    it(`are none in ${text.slice(0, 50)}`, () => assert.deepEqual(findSecrets(text), []));
  }

  it('are none in all of our own code', () => {
    const root = new URL('../../../', import.meta.url).pathname;
    const files = globSync('{src,test,media}/**/*.{ts,json,css,md}', { cwd: root });
    assert.ok(files.length > 300);
    const alarms = [...files, 'package-lock.json', 'README.md', 'esbuild.js'].flatMap((file) => {
      const text = readFileSync(root + file, 'utf8');
      return findSecrets(text).map(({ kind, start }) => `${file}: ${kind} at ${start}`);
    });
    assert.deepEqual(alarms, []);
  });

  it('are none in the code of the packages that we use', () => {
    const root = new URL('../../../node_modules/', import.meta.url).pathname;
    const packages = '{typescript,markdown-it,highlight.js,fast-check,mocha,@anthropic-ai/sdk}';
    const files = globSync(`${packages}/**/*.{js,ts,mjs,md,json}`, { cwd: root });
    assert.ok(files.length > 500);
    const alarms = files.flatMap((file) =>
      findSecrets(readFileSync(root + file, 'utf8')).map(
        ({ kind, start }) => `${file}: ${kind} at ${start}`,
      ),
    );
    assert.deepEqual(alarms, []);
  });

  const anyText = fc.string({
    unit: fc.constantFrom('a', 'B', '7', ' ', '\n', '"', ':', '-', '=', '@', '/'),
  });
  const anySecret = fc.constantFrom(...secrets.map(([, value]) => value));

  it('are found wherever they stand, and nothing of them is left', () => {
    fc.assert(
      fc.property(anyText, anySecret, anyText, (before, value, after) => {
        const redacted = redactSecrets(`${before}\n${value}\n${after}`);
        assert.ok(!redacted.includes(value));
        assert.deepEqual(findSecrets(redacted), []);
      }),
    );
  });

  it('lie in order, none over another, and redacting keeps all else', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyText, anySecret)), (pieces) => {
        const text = pieces.join(' ');
        const found = findSecrets(text);
        let end = 0;
        let rest = '';
        for (const secret of found) {
          assert.ok(secret.start >= end && secret.end > secret.start && secret.end <= text.length);
          rest += `${text.slice(end, secret.start)}[redacted: ${secret.kind}]`;
          end = secret.end;
        }
        assert.equal(redactSecrets(text), rest + text.slice(end));
      }),
    );
  });
});

describe('secrets in a question', () => {
  const key = `ghp_${mixed(36)}`;
  const question = {
    prompt: { kind: 'free', text: `Why does ${key} fail?` },
    attachments: [
      {
        kind: 'selection',
        file: '.env',
        language: 'dotenv',
        lines: { from: 4, to: 6 },
        text: `A=1\nB=2\nDB_PASSWORD=${mixed(32)}`,
        surroundings: [
          { part: 'before', lines: { from: 1, to: 3 }, text: `\n\nKEY=AKIA${random(16, upper)}` },
        ],
        uri: 'file:///.env',
      },
      { kind: 'diff', label: 'staged changes', language: 'diff', text: `+token ${key}` },
    ],
  } as const;

  it('are told once each, with where they are', () => {
    assert.deepEqual(
      findQuestionSecrets(question, english).map(({ sentence }) => sentence),
      ['AWS access key, .env:3', 'password or token, .env:6', 'GitHub token, staged changes'],
    );
  });

  it('of a diff are told with the file and the line, the old one where it is removed', () => {
    const token = (seed: number): string => `ghp_${random(36, mixedLetters, seed)}`;
    const text = [
      'diff --git a/src/one.ts b/src/one.ts',
      '--- a/src/one.ts',
      '+++ b/src/one.ts',
      '@@ -10,3 +20,3 @@ function one() {',
      ' line 20',
      `-removed in 11 ${token(1)}`,
      `+added in 21 ${token(2)}`,
      ' line 22',
      '\\ No newline at end of file',
      'diff --git a/gone.env b/gone.env',
      'deleted file mode 100644',
      '--- a/gone.env',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      `--- ${token(3)}`,
      'diff --git a/new file.env b/new file.env',
      '--- /dev/null',
      '+++ b/new file.env\t',
      '@@ -0,0 +1,2 @@',
      '+++ b/not/a/header',
      `+${token(4)}`,
    ].join('\n');
    const diff = { kind: 'diff', label: 'staged changes', language: 'diff', text } as const;
    assert.deepEqual(
      findQuestionSecrets({ prompt: { kind: 'explain' }, attachments: [diff] }, english).map(
        ({ sentence }) => sentence.replace('GitHub token, ', ''),
      ),
      ['src/one.ts:11', 'src/one.ts:21', 'gone.env:1', 'new file.env:2'],
    );
  });

  it('are named in the user’s language, whatever they are', () => {
    for (const { kind } of secretShapes) {
      assert.match(secretLabel(kind, { t: (text) => `translated ${text}` }), /^translated/);
    }
  });

  it('are gone from all of it once it is redacted', () => {
    const redacted = redactQuestion(question);
    assert.deepEqual(findQuestionSecrets(redacted, english), []);
    assert.doesNotMatch(JSON.stringify(redacted), new RegExp(key));
    assert.match(JSON.stringify(redacted), /A=1.*B=2.*redacted: password-or-token/);
  });

  it('leave a question without any as it is', () => {
    const harmless = { prompt: { kind: 'explain' }, attachments: [] } as const;
    assert.deepEqual(redactQuestion(harmless), harmless);
    assert.deepEqual(findQuestionSecrets(harmless, english), []);
  });
});
