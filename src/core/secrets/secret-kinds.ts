import type { L10n } from '../l10n.ts';

/** What the issuer of a secret calls it. */
type Form = 'api-key' | 'access-key' | 'key' | 'token' | 'storage-key';

/** Issuers whose secrets have a shape of their own, by the identifier that the model reads. */
const issued = {
  'airtable-token': ['token', 'Airtable'],
  'anthropic-api-key': ['api-key', 'Anthropic'],
  'artifactory-token': ['token', 'Artifactory'],
  'atlassian-token': ['token', 'Atlassian'],
  'aws-access-key': ['access-key', 'AWS'],
  'azure-storage-key': ['storage-key', 'Azure'],
  'azure-key': ['key', 'Azure'],
  'cerebras-api-key': ['api-key', 'Cerebras'],
  'clojars-token': ['token', 'Clojars'],
  'crates-io-token': ['token', 'crates.io'],
  'databricks-token': ['token', 'Databricks'],
  'digitalocean-token': ['token', 'DigitalOcean'],
  'discord-token': ['token', 'Discord'],
  'docker-token': ['token', 'Docker'],
  'doppler-token': ['token', 'Doppler'],
  'figma-token': ['token', 'Figma'],
  'fly-token': ['token', 'Fly.io'],
  'github-token': ['token', 'GitHub'],
  'gitlab-token': ['token', 'GitLab'],
  'google-api-key': ['api-key', 'Google'],
  'google-token': ['token', 'Google'],
  'grafana-token': ['token', 'Grafana'],
  'groq-api-key': ['api-key', 'Groq'],
  'heroku-key': ['key', 'Heroku'],
  'hugging-face-token': ['token', 'Hugging Face'],
  'langfuse-key': ['key', 'Langfuse'],
  'langsmith-api-key': ['api-key', 'LangSmith'],
  'linear-api-key': ['api-key', 'Linear'],
  'mailchimp-key': ['key', 'Mailchimp'],
  'mailgun-key': ['key', 'Mailgun'],
  'netlify-token': ['token', 'Netlify'],
  'new-relic-key': ['key', 'New Relic'],
  'notion-token': ['token', 'Notion'],
  'npm-token': ['token', 'npm'],
  'nuget-key': ['key', 'NuGet'],
  'nvidia-api-key': ['api-key', 'NVIDIA'],
  'openai-api-key': ['api-key', 'OpenAI'],
  'openrouter-api-key': ['api-key', 'OpenRouter'],
  'perplexity-api-key': ['api-key', 'Perplexity'],
  'pinecone-api-key': ['api-key', 'Pinecone'],
  'planetscale-token': ['token', 'PlanetScale'],
  'postman-api-key': ['api-key', 'Postman'],
  'pulumi-token': ['token', 'Pulumi'],
  'pypi-token': ['token', 'PyPI'],
  'replicate-token': ['token', 'Replicate'],
  'rubygems-key': ['key', 'RubyGems'],
  'sendgrid-key': ['key', 'SendGrid'],
  'sentry-token': ['token', 'Sentry'],
  'shopify-token': ['token', 'Shopify'],
  'slack-token': ['token', 'Slack'],
  'square-token': ['token', 'Square'],
  'stripe-key': ['key', 'Stripe'],
  'supabase-token': ['token', 'Supabase'],
  'tavily-api-key': ['api-key', 'Tavily'],
  'telegram-token': ['token', 'Telegram'],
  'terraform-token': ['token', 'Terraform'],
  'twilio-key': ['key', 'Twilio'],
  'vault-token': ['token', 'HashiCorp Vault'],
  'xai-api-key': ['api-key', 'xAI'],
} as const satisfies Readonly<Record<string, readonly [Form, string]>>;

type IssuedKind = keyof typeof issued;

/** Identifiers, which the model reads where a secret was; the user reads `secretLabel`. */
export type SecretKind =
  | IssuedKind
  | 'json-web-token'
  | 'private-key'
  | 'password-in-an-address'
  | 'password-or-token';

/** A kind in the user's language. */
export function secretLabel(kind: SecretKind, l10n: L10n): string {
  switch (kind) {
    case 'json-web-token':
      return l10n.t('JSON Web Token');
    case 'private-key':
      return l10n.t('private key');
    case 'password-in-an-address':
      return l10n.t('password in an address');
    case 'password-or-token':
      return l10n.t('password or token');
    default: {
      const [form, issuer] = issued[kind];
      return issuedLabel(form, issuer, l10n);
    }
  }
}

function issuedLabel(form: Form, issuer: string, l10n: L10n): string {
  switch (form) {
    case 'api-key':
      return l10n.t('{0} API key', issuer);
    case 'access-key':
      return l10n.t('{0} access key', issuer);
    case 'storage-key':
      return l10n.t('{0} storage key', issuer);
    case 'key':
      return l10n.t('{0} key', issuer);
    case 'token':
      return l10n.t('{0} token', issuer);
  }
}
