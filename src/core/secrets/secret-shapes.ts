import { looksGenerated, looksRandom } from './looks-random.ts';
import type { SecretKind } from './secret-kinds.ts';

export interface SecretShape {
  readonly kind: SecretKind;
  /**
   * A text without it holds no such secret: looking for a word is much faster than for a pattern.
   * Empty where there is no such word.
   */
  readonly hint: string;
  /**
   * Global, and linear in the text's length. Its group `secret`, where it has one, is what is
   * secret.
   */
  readonly pattern: RegExp;
  /** Whether a match is one: where its pattern alone would fit ordinary words. */
  readonly accepts: (value: string) => boolean;
}

/** Not in the middle of a longer word. */
const tokenStart = '(?<![A-Za-z0-9_-])';
const tokenEnd = '(?![A-Za-z0-9_-])';

function tokenShape(kind: SecretKind, hint: string, pattern: string): SecretShape {
  const whole = new RegExp(`${tokenStart}(?:${pattern})${tokenEnd}`, 'g');
  return { kind, hint, pattern: whole, accepts: () => true };
}

/** The shapes that issuers document, or that their tokens have had for years. */
const tokenShapes: readonly SecretShape[] = [
  tokenShape('anthropic-api-key', 'sk-ant-', 'sk-ant-[A-Za-z0-9_-]{20,}'),
  tokenShape('openai-api-key', 'sk-', 'sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}'),
  tokenShape('openai-api-key', 'sk-', 'sk-(?:[A-Za-z0-9]{48}|[0-9a-f]{32})'),
  tokenShape('openrouter-api-key', 'sk-or-', 'sk-or-(?:v[0-9]-)?[0-9a-f]{64}'),
  tokenShape('langfuse-key', 'sk-lf-', 'sk-lf-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'),
  tokenShape('groq-api-key', 'gsk_', 'gsk_[A-Za-z0-9]{48,60}'),
  tokenShape('xai-api-key', 'xai-', 'xai-[A-Za-z0-9]{70,90}'),
  tokenShape('perplexity-api-key', 'pplx-', 'pplx-[A-Za-z0-9]{40,64}'),
  tokenShape('cerebras-api-key', 'csk-', 'csk-[a-z0-9]{48}'),
  tokenShape('nvidia-api-key', 'nvapi-', 'nvapi-[A-Za-z0-9_-]{60,70}'),
  tokenShape('tavily-api-key', 'tvly-', 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{32}'),
  tokenShape('pinecone-api-key', 'pcsk_', 'pcsk_[A-Za-z0-9]{5,8}_[A-Za-z0-9]{50,70}'),
  tokenShape('replicate-token', 'r8_', 'r8_[A-Za-z0-9]{37}'),
  tokenShape('langsmith-api-key', 'lsv2_', 'lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}'),
  tokenShape('hugging-face-token', 'hf_', '(?:hf|api_org)_[A-Za-z0-9]{34}'),
  tokenShape('aws-access-key', '', '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}'),
  tokenShape('aws-access-key', 'ABSK', 'ABSK[A-Za-z0-9+/]{100,150}={0,2}'),
  tokenShape('aws-access-key', '', '(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[A-Za-z0-9+/]{100,4000}={0,2}'),
  tokenShape('google-api-key', 'AIza', 'AIza[A-Za-z0-9_-]{35}'),
  tokenShape('google-token', 'GOCSPX-', 'GOCSPX-[A-Za-z0-9_-]{28}'),
  tokenShape('google-token', 'ya29.', 'ya29\\.[A-Za-z0-9_-]{30,1000}'),
  tokenShape('azure-key', 'Q~', '[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}'),
  tokenShape('github-token', 'gh', 'gh[opsur]_[A-Za-z0-9]{36,255}'),
  tokenShape('github-token', 'github_pat_', 'github_pat_[A-Za-z0-9_]{60,255}'),
  tokenShape(
    'gitlab-token',
    'gl',
    'gl(?:pat|dt|rt|rtr|ptt|ft|cbt|imt|soat|agent|oas|ffct)-[A-Za-z0-9_-]{20,}(?:\\.[a-z0-9.]{2,30})?',
  ),
  tokenShape('slack-token', 'xox', 'xox[abceoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{20,}'),
  tokenShape('slack-token', 'xapp-', 'xapp-[0-9]-[A-Z0-9]{9,13}-[0-9]{10,15}-[a-f0-9]{64}'),
  tokenShape(
    'slack-token',
    'hooks.slack.com',
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,14}/[A-Z0-9]{8,20}/[A-Za-z0-9]{20,}',
  ),
  tokenShape(
    'discord-token',
    '/webhooks/',
    'discord(?:app)?\\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,}',
  ),
  tokenShape(
    'discord-token',
    '',
    '[MNO][A-Za-z0-9_-]{23,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,38}',
  ),
  tokenShape('stripe-key', 'k_', '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}'),
  tokenShape('stripe-key', 'whsec_', 'whsec_[A-Za-z0-9+/]{32,}={0,2}'),
  tokenShape('square-token', 'sq0', 'sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,43}'),
  tokenShape('shopify-token', 'shp', 'shp(?:at|ca|pa|ss|ua)_[A-Za-z0-9]{32,38}'),
  tokenShape('twilio-key', 'SK', 'SK[0-9a-f]{32}'),
  tokenShape('sendgrid-key', 'SG.', 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  tokenShape('mailgun-key', 'key-', 'key-[0-9a-f]{32}'),
  tokenShape('mailchimp-key', '-us', '[0-9a-f]{32}-us[0-9]{1,2}'),
  tokenShape('telegram-token', ':AA', '[0-9]{8,10}:AA[A-Za-z0-9_-]{33}'),
  tokenShape('npm-token', 'npm_', 'npm_[A-Za-z0-9]{36}'),
  tokenShape('pypi-token', 'pypi-AgE', 'pypi-AgE[A-Za-z0-9_-]{50,}'),
  tokenShape('rubygems-key', 'rubygems_', 'rubygems_[0-9a-f]{48}'),
  tokenShape('crates-io-token', 'cio', 'cio[A-Za-z0-9]{32}'),
  tokenShape('nuget-key', 'oy2', 'oy2[a-z0-9]{43}'),
  tokenShape('clojars-token', 'CLOJARS_', 'CLOJARS_[0-9a-f]{60}'),
  tokenShape('artifactory-token', 'AKCp', 'AKCp[A-Za-z0-9]{60,80}'),
  tokenShape('docker-token', 'dckr_', 'dckr_[op]at_[A-Za-z0-9_-]{27,40}'),
  tokenShape('digitalocean-token', '_v1_', 'do[opr]_v1_[0-9a-f]{64}'),
  tokenShape('databricks-token', 'dapi', 'dapi[0-9a-f]{32}(?:-[0-9])?'),
  tokenShape('supabase-token', 'sb', 'sbp_(?:oauth_|v0_)?[0-9a-f]{40}'),
  tokenShape('supabase-token', 'sb_secret_', 'sb_secret_[A-Za-z0-9_-]{30,45}'),
  tokenShape('vault-token', 'hv', 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}'),
  tokenShape('atlassian-token', 'AT', 'AT(?:ATT|CTT)3xFfG[A-Za-z0-9_=-]{50,300}'),
  tokenShape('heroku-key', 'HRKU-', 'HRKU-[A-Za-z0-9_-]{36,64}'),
  tokenShape('netlify-token', 'nf', 'nf[pcoub]_[A-Za-z0-9]{36,40}'),
  tokenShape('fly-token', 'fm2_', 'fm2_[A-Za-z0-9+/=]{100,2000}'),
  tokenShape(
    'doppler-token',
    'dp.',
    'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  ),
  tokenShape('terraform-token', '.atlasv1.', '[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_=-]{60,80}'),
  tokenShape('pulumi-token', 'pul-', 'pul-[0-9a-f]{40}'),
  tokenShape('planetscale-token', 'pscale_', 'pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}'),
  tokenShape(
    'grafana-token',
    'gl',
    'glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[A-Za-z0-9+/]{50,400}={0,2}',
  ),
  tokenShape('sentry-token', 'sntr', 'sntry(?:u_[0-9a-f]{64}|s_[A-Za-z0-9+/=_]{60,400})'),
  tokenShape('new-relic-key', 'NR', 'NRAK-[A-Z0-9]{27}'),
  tokenShape('postman-api-key', 'PMAK-', 'PMAK-[0-9a-f]{24}-[0-9a-f]{34}'),
  tokenShape('linear-api-key', 'lin_', 'lin_(?:api|oauth)_[A-Za-z0-9]{40,64}'),
  tokenShape('notion-token', '_', '(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{43,50})'),
  tokenShape('airtable-token', 'pat', 'pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}'),
  tokenShape('figma-token', 'fig', 'fig[dor]_[A-Za-z0-9_-]{40,60}'),
  tokenShape('private-key', 'AGE-SECRET-KEY-', 'AGE-SECRET-KEY-(?:PQ-)?1[A-Za-z0-9]{58}'),
  tokenShape(
    'json-web-token',
    'eyJ',
    'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}',
  ),
];

/** How names end that are given secrets. */
const secretNames = [
  '(?:api|access|account|secret|private|encryption|signing|master|service|shared_?access)[_-]?key',
  'secret(?:[_-]?key(?:[_-]?base)?)?',
  'pass(?:w(?:or)?d|phrase|code)',
  '(?:auth|access|api|bearer|bot|id|refresh|secret|security|session|service|private)[_-]?token',
  'client[_-]?secret',
  '_auth(?:token)?',
  '(?<![a-z])pwd',
  'credentials?',
].join('|');

/** In characters: some bound keeps a long line of such names linear. */
const quoted = `[^\\s"'\`<>{}$]{10,400}`;
const bare = `(?!\\$)[^\\s"'\`<>{}()\\[\\],;]{10,400}`;

const isChance = (value: string): boolean => looksRandom(value) || looksGenerated(value);

/** Where only the place tells that it is a secret. */
const placedShapes: readonly SecretShape[] = [
  {
    kind: 'aws-access-key',
    hint: '',
    pattern:
      /aws_?secret_?(?:access_?)?key["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    accepts: looksRandom,
  },
  {
    kind: 'azure-storage-key',
    hint: 'Key=',
    pattern: /(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{43,86}={1,2})/g,
    accepts: () => true,
  },
  {
    kind: 'azure-key',
    hint: 'sig=',
    pattern: /[?&]sig=(?<secret>[A-Za-z0-9%+/]{43,70}(?:%3D|=))/g,
    accepts: looksRandom,
  },
  {
    kind: 'password-in-an-address',
    hint: '://',
    pattern:
      /(?<=[a-z0-9+.-]):\/\/[^\s:/@"'`<>{}]{0,80}:(?<secret>[^\s:/@"'`<>{}$]{6,120})@(?=[A-Za-z0-9[])/g,
    accepts: isChance,
  },
  {
    // A connection string: its password stands between semicolons.
    kind: 'password-or-token',
    hint: ';',
    pattern:
      /;[ \t]{0,4}(?:password|pwd)[ \t]{0,4}=[ \t]{0,4}["']?(?<secret>[^\s;"'`<>{}$]{8,120})(?=["']?(?:;|\s|["']|$))/gi,
    accepts: (value) => isChance(value) || looksTyped(value),
  },
  {
    kind: 'password-or-token',
    hint: '',
    pattern:
      /(?:authorization["']?[ \t]{0,8}[:=,][ \t]{0,8}["'`]?(?:bearer|basic|token|bot|apikey|key)|(?<![A-Za-z])bearer)[ \t]{1,4}(?<secret>[A-Za-z0-9._~+/-]{20,2000}={0,2})(?![A-Za-z0-9({$])/gi,
    accepts: looksRandom,
  },
  {
    // In quotes; or bare, to the end of its line: in .env, YAML, properties and shells.
    kind: 'password-or-token',
    hint: '',
    pattern: new RegExp(
      `(?:${secretNames})["']?\\]?(?:[ \\t]{0,8}(?:=>|:=|[:=])[ \\t]{0,8}(?:"(?<secret>${quoted})"|'(?<single>${quoted})')|(?:=|[ \\t]{0,8}(?:=>|:=|[:=])[ \\t]{1,8})(?<bare>${bare})(?=["'\`]|[ \\t]*(?:\\r|\\n|$|[#;] )))`,
      'gi',
    ),
    accepts: isChance,
  },
  {
    // An environment's variables, whatever is before the last word of their names.
    kind: 'password-or-token',
    hint: '=',
    pattern:
      /(?<=^|[\s;'"])[A-Z][A-Z0-9_]{0,60}_(?:KEY|SECRET|TOKEN|PASS|PWD|PW|SALT|AUTH|PAT)=["']?(?<bare>(?!\$)[^\s"'`<>{}()[\],;]{10,400})(?=["']?(?:\s|$))/gm,
    accepts: (value) => !value.includes('://') && isChance(value),
  },
];

/** Two kinds of characters at least, and no words: what a person might have made up. */
function looksTyped(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value));
  return kinds.length >= 2 && !/pass|pwd|secret|word/i.test(value);
}

export const secretShapes: readonly SecretShape[] = [...tokenShapes, ...placedShapes];
