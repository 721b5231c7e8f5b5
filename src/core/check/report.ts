import type { Redact } from '../claude/api-key.ts';
import { formatDuration } from '../format-figures.ts';
import { getLanguage, type L10n } from '../l10n.ts';
import type { CheckStatus, StepName, StepResult } from './steps.ts';

const statusMarks: Readonly<Record<CheckStatus, string>> = {
  ok: '✓',
  note: '!',
  failed: '✗',
  skipped: '–',
};

export function stepTitle(step: StepName, l10n: L10n): string {
  switch (step) {
    case 'settings':
      return l10n.t('Settings');
    case 'credentials':
      return l10n.t('Key and secrets');
    case 'proxy':
      return l10n.t('Proxy');
    case 'name':
      return l10n.t('Name (DNS)');
    case 'connection':
      return l10n.t('Connection (TCP)');
    case 'certificate':
      return l10n.t('Certificate (TLS)');
    case 'answer':
      return l10n.t('Answer (HTTP)');
    case 'clock':
      return l10n.t('Clock');
    case 'key':
      return l10n.t('Key accepted');
    case 'model':
      return l10n.t('Model');
    case 'streaming':
      return l10n.t('Streaming');
  }
}

/**
 * The hop that is in the way; without one, what something can be done about, or else the first that
 * something is to be said of.
 */
export function findDecisive(results: readonly StepResult[]): StepResult | null {
  const first = (verdict: CheckStatus) => results.find((result) => result.status === verdict);
  const curable = results.find(
    ({ status: verdict, action }) => verdict === 'note' && action !== null,
  );
  return first('failed') ?? curable ?? first('note') ?? null;
}

/** One sentence or two: whether it works, and if not, at which hop and what to do. */
export function headline(results: readonly StepResult[], l10n: L10n): string {
  const result = findDecisive(results);
  if (result === null) {
    return results.some(({ status }) => status === 'skipped')
      ? l10n.t('What was looked at works.')
      : l10n.t('Everything works.');
  }
  const title = stepTitle(result.step, l10n);
  const said = [result.message, result.advice ?? ''].filter((words) => words !== '').join(' ');
  return result.status === 'failed'
    ? l10n.t('Failed at “{0}”. {1}', title, said)
    : l10n.t('It works, with a note on “{0}”. {1}', title, said);
}

/**
 * The whole check as Markdown.
 * @param versions what it ran on
 * @param redact takes what is secret out of it, whoever has said it
 */
export function formatReport(
  results: readonly StepResult[],
  versions: readonly string[],
  redact: Redact,
  l10n: L10n,
): string {
  const sections = results.map(({ step, status, message, advice, durationMs }) => {
    const took = durationMs === null ? '' : ` · ${formatDuration(durationMs, getLanguage(l10n))}`;
    const lines = [
      `## ${statusMarks[status]} ${stepTitle(step, l10n)}${took}`,
      '',
      toSingleLine(message),
    ];
    return [...lines, ...(advice === null ? [] : ['', `→ ${toSingleLine(advice)}`])].join('\n');
  });
  const title = `# ${l10n.t('Claude Stream: Connection')}`;
  const parts = [
    title,
    `**${toSingleLine(headline(results, l10n))}**`,
    ...sections,
    versions.join(' · '),
  ];
  return redact(`${parts.join('\n\n')}\n`);
}

/** What others said stays within its line. */
function toSingleLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
