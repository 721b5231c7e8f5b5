import * as vscode from 'vscode';
import type { ReplyEvent } from '../../core/claude/reply-event.ts';
import { totalInput, type Usage } from '../../core/claude/usage.ts';

/** What of an event VS Code's stable API has a part for: text and calls of tools, not thinking. */
export function partOf(event: ReplyEvent): vscode.LanguageModelResponsePart | null {
  switch (event.type) {
    case 'text':
      return new vscode.LanguageModelTextPart(event.text);
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
