import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findSecrets } from '../../../src/core/secrets/find-secrets.ts';

const readCases = (name: string): readonly string[] =>
  readFileSync(new URL(`../../cases/secrets/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const alphabets: Readonly<Record<string, string>> = {
  x: letters,
  h: '0123456789abcdef',
  X: letters.slice(0, 26) + letters.slice(-10),
};

/** Numbers from 0 to 1, the same at every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** A value of a shape: `x{5}` becomes five letters or digits, `h{5}` hex digits, `X{5}` capitals. */
function makeValue(shape: string, next: () => number): string {
  return shape.replace(/([xhX])\{(\d+)\}/g, (_, of: string, count: string) => {
    const alphabet = alphabets[of] ?? '';
    const one = (): string => alphabet[Math.floor(next() * alphabet.length)] ?? '';
    return Array.from({ length: Number(count) }, one).join('');
  });
}

function inComments(mark: string, next: () => number): string {
  const lines = Array.from({ length: 8 }, () => makeValue('x{64}', next));
  const all = ['-----BEGIN RSA PRIVATE KEY-----', ...lines, '-----END RSA PRIVATE KEY-----'];
  return all.map((line) => `${mark}${line}`).join('\n');
}

/** Others of the same kinds: of issuers, of places, and of names. */
const more = [
  'ghs_x{36}',
  'glpat-x{20}',
  'gldt-x{20}',
  'xoxe.xoxp-1-x{60}',
  'https://hooks.slack.com/services/TX{8}/BX{10}/x{24}',
  'https://discord.com/api/webhooks/112233445566778899/x{68}',
  'sk_test_x{24}',
  'whsec_x{32}',
  'shpat_h{32}',
  'sq0csp-x{43}',
  'SKh{32}',
  'key-h{32}',
  'h{32}-us12',
  'GOCSPX-x{28}',
  'ya29.x{120}',
  'rubygems_h{48}',
  'pypi-AgEIcHlwaS5vcmcx{60}',
  '//registry.npmjs.org/:_authToken=h{8}-h{4}-h{4}-h{4}-h{12}',
  'cio' + 'x{32}',
  'dp.pt.x{43}',
  'x{14}.atlasv1.x{67}',
  'pul-h{40}',
  'glsa_x{32}_h{8}',
  'sntryu_h{64}',
  'NRAK-X{27}',
  'PMAK-h{24}-h{34}',
  'lin_api_x{40}',
  'ntn_x{46}',
  'patx{14}.h{64}',
  'figd_x{40}',
  'r8_x{37}',
  'pplx-x{48}',
  'nvapi-x{64}',
  'sk-h{32}',
  'hvb.x{120}',
  'ABSKx{120}',
  'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=x{86}==;',
  'Endpoint=sb://a.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=x{43}=',
  'mysql://root:x{16}@db:3306/app',
  'redis://:x{24}@cache:6379',
  'Data Source=db;Initial Catalog=a;Pwd=x{14}',
  'authorization: Basic x{32}==',
  "headers: { 'Authorization': 'Bearer x{48}' }",
  'curl -H "X-Api-Key: x{32}" https://api.internal',
  'JWT_SECRET=h{64}',
  'export ENCRYPTION_KEY="x{32}"',
  'SESSION_SALT=x{40}',
  'spring.datasource.password=x{20}',
  '"clientSecret": "x{40}"',
  'passphrase: x{20}',
];

describe('kinds of secrets', () => {
  for (const line of readCases('kinds.txt')) {
    const [shape = ''] = line.split(/ {2,}/);
    it(`are found: ${shape}`, () => {
      const next = sequence(11);
      for (let round = 0; round < 40; round++) {
        const text = shape.startsWith('# -----')
          ? inComments(round % 2 === 0 ? '# ' : ' * ', next)
          : makeValue(shape, next);
        assert.equal(findSecrets(text).length, 1, text);
      }
    });
  }

  for (const shape of more) {
    it(`are found: ${shape}`, () => {
      const next = sequence(5);
      const missed = Array.from({ length: 100 }, () => makeValue(shape, next)).filter(
        (text) => findSecrets(text).length === 0,
      );
      // A chance value may lack digits, or look like words.
      assert.ok(missed.length <= 3, missed.join('\n'));
    });
  }

  const harmless = [
    ...readCases('not-secrets.txt'),
    'token: "csrfTokenFromMetaTagV3Fallback"',
    'const apiKey = getApiKeyFromKeychain2(user);',
    'PASSWORD=${DB_PASSWORD_FROM_VAULT_9}',
    'password: <%= ENV["DB_PASSWORD_2"] %>',
    'Authorization: Bearer YOUR_ACCESS_TOKEN_HERE',
    'Authorization: Bearer ${process.env.API_TOKEN_V2}',
    'the bearer authentication-scheme-of-rfc-6750 says so',
    'Server=db;User ID=sa;Password=yourpassword;',
    'Server=db;Password={Password1};Timeout=30',
    '# -----BEGIN RSA PRIVATE KEY-----\n# ...\n# -----END RSA PRIVATE KEY-----',
    'PUBLIC_KEY_ID=users/service/primaryKeyVersion1',
    'sk-learn-contrib-imbalanced-learn-extension',
    'secretKeyRef: "databaseCredentialsV2ForStaging"',
    'http://localhost:8080/@scope/package-name',
  ];
  for (const text of harmless) {
    it(`aren’t: ${text.slice(0, 60)}`, () => assert.deepEqual(findSecrets(text), []));
  }

  it('are looked for in a time that grows with the text', () => {
    const units = [
      'password=',
      'a:',
      'https://a:',
      ';pwd=',
      'bearer ',
      '-----BEGIN PRIVATE KEY-----\n',
    ];
    for (const unit of units) {
      const seconds = (length: number): number => {
        const text = unit.repeat(length / unit.length);
        const start = performance.now();
        findSecrets(text);
        return performance.now() - start;
      };
      seconds(50_000);
      // Four times the text: sixteen times the time would be a square.
      assert.ok(seconds(400_000) < 10 * seconds(100_000) + 50, unit);
    }
  });
});
