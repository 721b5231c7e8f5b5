import type { L10n } from '../l10n.ts';

/** Kinds of secrets by their issuers' names, which are the same in every language. */
export type SecretKind =
  | 'Anthropic API key'
  | 'OpenAI API key'
  | 'AWS access key'
  | 'Azure storage key'
  | 'Google API key'
  | 'GitHub token'
  | 'GitLab token'
  | 'Slack token'
  | 'Stripe key'
  | 'npm token'
  | 'PyPI token'
  | 'SendGrid key'
  | 'Hugging Face token'
  | 'DigitalOcean token'
  | 'Telegram token'
  | 'JSON Web Token'
  | 'private key'
  | 'password in an address'
  | 'password or token';

export interface SecretShape {
  readonly kind: SecretKind;
  /** Global, and linear in the text's length. Its group `secret`, where it has one, is what is secret. */
  readonly pattern: RegExp;
  /** Whether a match is to look random, too: its pattern alone would fit ordinary words. */
  readonly mustLookRandom: boolean;
}

/** Not in the middle of a longer word. */
const start = '(?<![A-Za-z0-9_-])';
const end = '(?![A-Za-z0-9_-])';

function token(kind: SecretKind, pattern: string): SecretShape {
  return { kind, pattern: new RegExp(start + pattern + end, 'g'), mustLookRandom: false };
}

/** The shapes that issuers document, or that their tokens have had for years. */
export const secretShapes: readonly SecretShape[] = [
  token('Anthropic API key', 'sk-ant-[A-Za-z0-9_-]{20,}'),
  token('OpenAI API key', 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}'),
  token('OpenAI API key', 'sk-[A-Za-z0-9]{48}'),
  token('AWS access key', '(?:AKIA|ASIA)[A-Z2-7]{16}'),
  {
    kind: 'AWS access key',
    pattern:
      /aws_?secret_?(?:access_?)?key["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    mustLookRandom: true,
  },
  {
    kind: 'Azure storage key',
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g,
    mustLookRandom: false,
  },
  token('Google API key', 'AIza[A-Za-z0-9_-]{35}'),
  token('GitHub token', 'gh[opsur]_[A-Za-z0-9]{36,255}'),
  token('GitHub token', 'github_pat_[A-Za-z0-9_]{60,255}'),
  token('GitLab token', 'gl(?:pat|dt|rt|ptt)-[A-Za-z0-9_-]{20,}'),
  token('Slack token', 'xox[abeoprs]-[A-Za-z0-9-]{20,}'),
  token('Stripe key', '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}'),
  token('npm token', 'npm_[A-Za-z0-9]{36}'),
  token('PyPI token', 'pypi-AgE[A-Za-z0-9_-]{50,}'),
  token('SendGrid key', 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  token('Hugging Face token', 'hf_[A-Za-z0-9]{34}'),
  token('DigitalOcean token', 'do[opr]_v1_[0-9a-f]{64}'),
  token('Telegram token', '[0-9]{8,10}:AA[A-Za-z0-9_-]{33}'),
  token('JSON Web Token', 'eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}'),
  {
    kind: 'password in an address',
    pattern:
      /(?<![A-Za-z])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'`<>{}]{1,80}:(?<secret>[^\s:/@"'`<>{}$]{6,120})@(?=[A-Za-z0-9[])/g,
    mustLookRandom: true,
  },
  {
    kind: 'password or token',
    pattern:
      /(?:api_?key|access_?key|secret|secret_?key|passw(?:or)?d|auth_?token|access_?token|api_?token|client_?secret)["']?[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}(?:"(?<secret>[^\s"'`<>{}$]{16,200})"|'(?<single>[^\s"'`<>{}$]{16,200})'|(?<bare>[A-Za-z0-9+/_=-]{24,200})(?=[ \t]*(?:\r|\n|$)))/gi,
    mustLookRandom: true,
  },
];

/** A kind in the user's language. */
export function secretName(kind: SecretKind, l10n: L10n): string {
  switch (kind) {
    case 'private key':
      return l10n.t('private key');
    case 'password in an address':
      return l10n.t('password in an address');
    case 'password or token':
      return l10n.t('password or token');
    default:
      return kind;
  }
}
