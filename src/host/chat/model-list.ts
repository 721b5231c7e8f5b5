import * as vscode from 'vscode';
import type { Claude } from '../../core/claude/claude.ts';
import type { Result } from '../../core/claude/failure.ts';
import type { Model } from '../../core/claude/model.ts';
import { formatTokens } from '../../core/format-figures.ts';
import { getLanguage } from '../../core/l10n.ts';

/** Where a gateway lists a model without its limits: what every current model of the API takes. */
const fallbackLimits = { context: 200_000, output: 32_000 } as const;

/** A model in VS Code's words, with the limits that the API tells. */
export function toModelInformation(model: Model): vscode.LanguageModelChatInformation {
  const context = model.contextTokens ?? fallbackLimits.context;
  // Both share the window: a server that lists as much for each leaves no room for the other.
  const maxOutputTokens = Math.min(
    model.maxOutputTokens ?? fallbackLimits.output,
    Math.floor(context / 2),
  );
  const maxInputTokens = context - maxOutputTokens;
  const { family, version } = nameParts(model.id);
  const limits = vscode.l10n.t(
    '{0} tokens in, {1} out at most',
    formatTokens(maxInputTokens, getLanguage(vscode.l10n)),
    formatTokens(maxOutputTokens, getLanguage(vscode.l10n)),
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
    capabilities: { imageInput: model.capabilities?.takesImages ?? false, toolCalling: true },
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

/** How long a list is taken for true, in milliseconds: VS Code asks often, models come seldom. */
const freshMs = 60 * 60 * 1000;

type Listed = Result<readonly Model[]>;

/** The models that the key may use, as the API lists them; asked for once an hour at most. */
export class ModelList {
  /** Null where there is no key. */
  readonly #connect: () => Promise<Claude | null>;
  readonly #now: () => number;
  #known: { readonly listed: Listed; readonly at: number } | null = null;
  /** Counts up with each `forget`: what was asked for before isn't kept. */
  #generation = 0;

  constructor(connect: () => Promise<Claude | null>, now = () => Date.now()) {
    this.#connect = connect;
    this.#now = now;
  }

  /** Null where there is no key. A failure isn't kept. */
  async models(signal: AbortSignal): Promise<Listed | null> {
    const generation = this.#generation;
    const claude = await this.#connect();
    if (claude === null) return null;
    const known = this.#known;
    if (known !== null && this.#now() - known.at < freshMs) return known.listed;
    const listed = await claude.listModels(signal);
    if (listed.ok && generation === this.#generation) {
      this.#known = { listed, at: this.#now() };
    }
    return listed;
  }

  forget(): void {
    this.#known = null;
    this.#generation++;
  }
}
