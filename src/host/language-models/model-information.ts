import * as vscode from 'vscode';
import type { Model } from '../../core/claude/model.ts';
import { formatTokens } from '../../core/conversation/format-figures.ts';
import { languageOf } from '../../core/l10n.ts';

/** Where a gateway lists a model without its limits: what every current model of the API takes. */
const leastLimits = { context: 200_000, output: 32_000 } as const;

/** A model in VS Code's words, with the limits that the API tells. */
export function modelInformation(model: Model): vscode.LanguageModelChatInformation {
  const maxInputTokens = model.contextTokens ?? leastLimits.context;
  const maxOutputTokens = model.maxOutputTokens ?? leastLimits.output;
  const { family, version } = nameParts(model.id);
  const limits = vscode.l10n.t(
    '{0} tokens in, {1} out at most',
    formatTokens(maxInputTokens, languageOf(vscode.l10n)),
    formatTokens(maxOutputTokens, languageOf(vscode.l10n)),
  );
  return {
    id: model.id,
    name: model.displayName,
    family,
    version,
    tooltip: `${model.id} · ${limits}`,
    ...(model.lifecycle === 'deprecated' ? { detail: vscode.l10n.t('deprecated') } : {}),
    maxInputTokens,
    maxOutputTokens,
    // What the API doesn't say isn't promised.
    capabilities: { imageInput: model.can?.takesImages ?? false, toolCalling: true },
  };
}

/**
 * `claude-haiku-4-5-20251001` is a snapshot of `claude-haiku-4-5`; a model without one is its own
 * version.
 */
function nameParts(id: string): { readonly family: string; readonly version: string } {
  const dated = /^(?<family>.+)-(?<version>\d{8})$/.exec(id)?.groups;
  return { family: dated?.['family'] ?? id, version: dated?.['version'] ?? id };
}
