import type { L10n } from '../l10n.ts';

/** Identifiers, which the model reads where a secret was; the user reads `secretLabel`. */
export type SecretKind =
  | 'anthropic-api-key'
  | 'openai-api-key'
  | 'aws-access-key'
  | 'azure-storage-key'
  | 'google-api-key'
  | 'github-token'
  | 'gitlab-token'
  | 'slack-token'
  | 'stripe-key'
  | 'npm-token'
  | 'pypi-token'
  | 'sendgrid-key'
  | 'hugging-face-token'
  | 'digitalocean-token'
  | 'telegram-token'
  | 'json-web-token'
  | 'private-key'
  | 'password-in-an-address'
  | 'password-or-token';

export interface SecretShape {
  readonly kind: SecretKind;
  /**
   * Global, and linear in the text's length. Its group `secret`, where it has one, is what is
   * secret.
   */
  readonly pattern: RegExp;
  /** Whether a match is to look random, too: its pattern alone would fit ordinary words. */
  readonly mustLookRandom: boolean;
}

/** Not in the middle of a longer word. */
const tokenStart = '(?<![A-Za-z0-9_-])';
const tokenEnd = '(?![A-Za-z0-9_-])';

function tokenShape(kind: SecretKind, pattern: string): SecretShape {
  return { kind, pattern: new RegExp(tokenStart + pattern + tokenEnd, 'g'), mustLookRandom: false };
}

/** The shapes that issuers document, or that their tokens have had for years. */
export const secretShapes: readonly SecretShape[] = [
  tokenShape('anthropic-api-key', 'sk-ant-[A-Za-z0-9_-]{20,}'),
  tokenShape('openai-api-key', 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}'),
  tokenShape('openai-api-key', 'sk-[A-Za-z0-9]{48}'),
  tokenShape('aws-access-key', '(?:AKIA|ASIA)[A-Z2-7]{16}'),
  {
    kind: 'aws-access-key',
    pattern:
      /aws_?secret_?(?:access_?)?key["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    mustLookRandom: true,
  },
  {
    kind: 'azure-storage-key',
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g,
    mustLookRandom: false,
  },
  tokenShape('google-api-key', 'AIza[A-Za-z0-9_-]{35}'),
  tokenShape('github-token', 'gh[opsur]_[A-Za-z0-9]{36,255}'),
  tokenShape('github-token', 'github_pat_[A-Za-z0-9_]{60,255}'),
  tokenShape('gitlab-token', 'gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,}'),
  tokenShape('slack-token', 'xox[abeoprs]-[A-Za-z0-9-]{20,}'),
  tokenShape('stripe-key', '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}'),
  tokenShape('npm-token', 'npm_[A-Za-z0-9]{36}'),
  tokenShape('pypi-token', 'pypi-AgE[A-Za-z0-9_-]{50,}'),
  tokenShape('sendgrid-key', 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  tokenShape('hugging-face-token', 'hf_[A-Za-z0-9]{34}'),
  tokenShape('digitalocean-token', 'do[opr]_v1_[0-9a-f]{64}'),
  tokenShape('telegram-token', '[0-9]{8,10}:AA[A-Za-z0-9_-]{33}'),
  tokenShape(
    'json-web-token',
    'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}',
  ),
  {
    kind: 'password-in-an-address',
    pattern:
      /(?<![A-Za-z])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`<>{}]{1,80}:(?<secret>[^\s:/@"'`<>{}$]{6,120})@(?=[A-Za-z0-9[])/g,
    mustLookRandom: true,
  },
  {
    kind: 'password-or-token',
    pattern:
      /(?:api_?key|access_?key|secret|secret_?key|passw(?:or)?d|auth_?token|access_?token|api_?token|client_?secret)["']?[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}(?:"(?<secret>[^\s"'`<>{}$]{16,200})"|'(?<single>[^\s"'`<>{}$]{16,200})'|(?<bare>[A-Za-z0-9+/_=-]{24,200})(?=[ \t]*(?:\r|\n|$)))/gi,
    mustLookRandom: true,
  },
];

/** A kind in the user's language. */
export function secretLabel(kind: SecretKind, l10n: L10n): string {
  switch (kind) {
    case 'anthropic-api-key':
      return l10n.t('{0} API key', 'Anthropic');
    case 'openai-api-key':
      return l10n.t('{0} API key', 'OpenAI');
    case 'google-api-key':
      return l10n.t('{0} API key', 'Google');
    case 'aws-access-key':
      return l10n.t('{0} access key', 'AWS');
    case 'azure-storage-key':
      return l10n.t('{0} storage key', 'Azure');
    case 'stripe-key':
      return l10n.t('{0} key', 'Stripe');
    case 'sendgrid-key':
      return l10n.t('{0} key', 'SendGrid');
    case 'github-token':
      return l10n.t('{0} token', 'GitHub');
    case 'gitlab-token':
      return l10n.t('{0} token', 'GitLab');
    case 'slack-token':
      return l10n.t('{0} token', 'Slack');
    case 'npm-token':
      return l10n.t('{0} token', 'npm');
    case 'pypi-token':
      return l10n.t('{0} token', 'PyPI');
    case 'hugging-face-token':
      return l10n.t('{0} token', 'Hugging Face');
    case 'digitalocean-token':
      return l10n.t('{0} token', 'DigitalOcean');
    case 'telegram-token':
      return l10n.t('{0} token', 'Telegram');
    case 'json-web-token':
      return l10n.t('JSON Web Token');
    case 'private-key':
      return l10n.t('private key');
    case 'password-in-an-address':
      return l10n.t('password in an address');
    case 'password-or-token':
      return l10n.t('password or token');
  }
}
