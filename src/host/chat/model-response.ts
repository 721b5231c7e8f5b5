import * as vscode from 'vscode';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import type { Outcome, ReplyEvent } from '../../core/claude/reply-event.ts';
import { totalInput, type Usage } from '../../core/claude/usage.ts';
import { describeOutcome } from '../../core/conversation/outcome.ts';

type ThinkingPart = new (text: string) => vscode.LanguageModelResponsePart;

/**
 * VS Code's part for thinking, where it has one: the API's types don't have it yet, VS Code itself
 * takes it from every provider. What newer models say between calls of tools is thinking.
 */
function findThinkingPart(): ThinkingPart | null {
  const part: unknown = Reflect.get(vscode, 'LanguageModelThinkingPart');
  return typeof part === 'function' ? (part as ThinkingPart) : null;
}

export function canShowThinking(): boolean {
  return findThinkingPart() !== null;
}

/** What of an event VS Code has a part for: text, calls of tools and, where it can, thinking. */
export function responsePart(event: ReplyEvent): vscode.LanguageModelResponsePart | null {
  switch (event.type) {
    case 'text':
      return new vscode.LanguageModelTextPart(event.text);
    case 'thinking': {
      const Part = findThinkingPart();
      return Part === null || event.text === '' ? null : new Part(event.text);
    }
    case 'tool-call': {
      const { id, name, input } = event.call;
      return new vscode.LanguageModelToolCallPart(id, name, input);
    }
    default:
      return null;
  }
}

/**
 * The API's figures in the one form that VS Code's chat reads them in. It isn't in the API's types:
 * a data part of this type, with these names. Who doesn't know it passes it over.
 * @see https://github.com/microsoft/vscode/issues/330783
 */
export function usagePart(usage: Usage): vscode.LanguageModelDataPart {
  const prompt = totalInput(usage);
  return vscode.LanguageModelDataPart.json(
    {
      prompt_tokens: prompt,
      completion_tokens: usage.output,
      total_tokens: prompt + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cacheRead },
    },
    'usage',
  );
}

/** Null where the reply is complete. */
export function errorForOutcome(outcome: Outcome): Error | null {
  switch (outcome.kind) {
    case 'complete':
      return null;
    case 'stopped':
      return new vscode.CancellationError();
    case 'broken':
      return errorForFailure(outcome.failure);
    case 'refused':
      return vscode.LanguageModelError.Blocked(outcomeText(outcome));
    case 'cut':
      return new vscode.LanguageModelError(outcomeText(outcome));
  }
}

function outcomeText(outcome: Outcome): string {
  return describeOutcome(outcome, vscode.l10n).sentence ?? outcome.kind;
}

/** A failure as the kind of error that callers of VS Code's API look for, where there is one. */
export function errorForFailure(failure: Failure): vscode.LanguageModelError {
  const { message } = describeFailure(failure, vscode.l10n);
  switch (failure.kind) {
    case 'no-key':
    case 'auth':
    case 'browser-refused':
    case 'permission':
      return vscode.LanguageModelError.NoPermissions(message);
    case 'model-not-found':
    case 'not-found':
      return vscode.LanguageModelError.NotFound(message);
    case 'billing':
    case 'spend-limit':
    case 'rate-limited':
      return vscode.LanguageModelError.Blocked(message);
    default:
      return new vscode.LanguageModelError(message);
  }
}
