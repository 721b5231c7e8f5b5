import * as vscode from 'vscode';
import { describeFailure } from '../../core/claude/describe-failure.ts';
import type { Failure } from '../../core/claude/failure.ts';
import type { Outcome } from '../../core/claude/outcome.ts';
import { describeOutcome } from '../../core/conversation/describe-outcome.ts';

/** Null where the reply is complete. */
export function errorOfOutcome(outcome: Outcome): Error | null {
  switch (outcome.kind) {
    case 'complete':
      return null;
    case 'stopped':
      return new vscode.CancellationError();
    case 'broken':
      return errorOfFailure(outcome.failure);
    case 'refused':
      return vscode.LanguageModelError.Blocked(sentenceOf(outcome));
    case 'cut':
      return new vscode.LanguageModelError(sentenceOf(outcome));
  }
}

function sentenceOf(outcome: Outcome): string {
  return describeOutcome(outcome, vscode.l10n).sentence ?? outcome.kind;
}

/** A failure as the kind of error that callers of VS Code's API look for, where there is one. */
export function errorOfFailure(failure: Failure): vscode.LanguageModelError {
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
