import type { ClaudeRequest } from '../claude/request.ts';
import type { L10n } from '../l10n.ts';

/** What is said of a request that isn't in it. */
export interface PreviewDetails {
  /** Where it would go. */
  readonly baseUrl: string;
  /** `1,234 tokens · $0.0025` */
  readonly count: string;
  /** Whether the count is the API's own. */
  readonly isCounted: boolean;
  /** What is likely secret in it, each with where it is. */
  readonly secrets: readonly string[];
}

/** A request in words, whole: what the API would get, character for character, under headings. */
export function formatRequestPreview(
  request: ClaudeRequest,
  { baseUrl, count, isCounted, secrets }: PreviewDetails,
  l10n: L10n,
): string {
  const { model, maxTokens, effort, showThinking, system, earlier, userText } = request;
  const facts = [
    l10n.t('To {0}, model {1}', baseUrl, model),
    isCounted ? l10n.t('Input: {0}, as the API counts', count) : l10n.t('Input: {0}', count),
    l10n.t('Reply: at most {0} tokens', maxTokens.toLocaleString('en')),
    ...(effort === null ? [] : [l10n.t('Effort: {0}', effort)]),
    ...(showThinking ? [l10n.t('With a summary of its thinking')] : []),
    ...secrets.map((secret) => l10n.t('Likely a secret: {0}', secret)),
  ];
  const said = earlier.flatMap((exchange, index) => [
    section(l10n.t('Question {0}, as it was sent', index + 1), exchange.userText),
    section(l10n.t('Reply {0}', index + 1), exchange.reply),
  ]);
  return [
    `# ${l10n.t('What would be sent')}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
    section(l10n.t('System prompt'), system),
    ...said,
    section(l10n.t('The question'), userText),
    '',
  ].join('\n\n');
}

function section(title: string, text: string): string {
  return `## ${title}\n\n${text}`;
}
