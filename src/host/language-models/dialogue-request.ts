import * as vscode from 'vscode';
import { type ClaudeRequest, effortLevels } from '../../core/claude/request.ts';
import { isCount, isObject, isOneOf, isOptional } from '../../core/guard.ts';
import type { Settings } from '../../core/settings.ts';
import type { ReadMessages } from './read-messages.ts';

/** What `modelOptions` may have for us; the rest isn't the API's. */
const isEffort = isObject({ effort: isOptional(isOneOf(effortLevels)) });
const isLimit = isObject({ max_tokens: isOptional(isCount) });

/** What another extension asks, as a request: under the model's limits and the user's settings. */
export function dialogueRequest(
  model: Pick<vscode.LanguageModelChatInformation, 'id' | 'maxOutputTokens'>,
  { system, messages }: ReadMessages,
  options: Pick<
    vscode.ProvideLanguageModelChatResponseOptions,
    'modelOptions' | 'tools' | 'toolMode'
  >,
  settings: Pick<Settings, 'maxTokens' | 'effort'>,
): ClaudeRequest {
  const { modelOptions = {}, tools = [], toolMode } = options;
  const effort = isEffort(modelOptions) ? modelOptions.effort : undefined;
  const limit = isLimit(modelOptions) ? modelOptions.max_tokens : undefined;
  return {
    model: model.id,
    maxTokens: Math.max(1, Math.min(limit ?? settings.maxTokens, model.maxOutputTokens)),
    effort: effort ?? settings.effort,
    // VS Code's stable API has no part to show thinking with.
    showThinking: false,
    system,
    earlier: [],
    userText: '',
    // Worth its price where the same words come again: a chat that goes on, an agent's rounds.
    cache: messages.length > 1 || tools.length > 0,
    continuation: null,
    dialogue: {
      messages,
      tools: tools.map(({ name, description, inputSchema = {} }) => ({
        name,
        description,
        inputSchema,
      })),
      mustCallTool: toolMode === vscode.LanguageModelChatToolMode.Required,
    },
  };
}
