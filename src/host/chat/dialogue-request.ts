import * as vscode from 'vscode';
import {
  type ClaudeRequest,
  type DialogueMessage,
  type DialoguePart,
  effortLevels,
  type ImagePart,
  type ImageType,
  type TextPart,
} from '../../core/claude/request.ts';
import { isCount, isObject, isOneOf, isOptional } from '../../core/guard.ts';
import type { Settings } from '../../core/settings.ts';
import { canShowThinking } from './model-response.ts';

interface ReadMessages {
  /** What was said in the system's role; empty where nothing was. */
  readonly system: string;
  readonly messages: readonly DialogueMessage[];
}

const imageTypes: readonly ImageType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** A common slip for `image/jpeg`. */
const jpegAlias = 'image/jpg';

/**
 * VS Code's messages as a dialogue. Its own chat also speaks in a third role, the system's, which
 * is not in the stable API yet: whatever is neither the user's nor the assistant's is that.
 * @throws a LanguageModelError where there is data that the API takes in no form
 */
export function readMessages(
  messages: readonly vscode.LanguageModelChatRequestMessage[],
): ReadMessages {
  const system: string[] = [];
  const read: DialogueMessage[] = [];
  for (const { role, content } of messages) {
    const parts = content.flatMap(readPart);
    switch (role) {
      case vscode.LanguageModelChatMessageRole.User:
        read.push({ role: 'user', parts });
        break;
      case vscode.LanguageModelChatMessageRole.Assistant:
        read.push({ role: 'assistant', parts });
        break;
      default:
        system.push(...parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])));
    }
  }
  return { system: system.join('\n\n'), messages: read };
}

function readPart(part: unknown): DialoguePart[] {
  if (part instanceof vscode.LanguageModelToolCallPart) {
    return [{ kind: 'tool-call', id: part.callId, name: part.name, input: part.input }];
  }
  if (part instanceof vscode.LanguageModelToolResultPart) {
    return [{ kind: 'tool-result', callId: part.callId, parts: part.content.flatMap(readResult) }];
  }
  return readContent(part);
}

/** A result's parts may be of kinds that only another extension knows. */
function readResult(part: unknown): (TextPart | ImagePart)[] {
  if (part instanceof vscode.LanguageModelPromptTsxPart) {
    return [{ kind: 'text', text: JSON.stringify(part.value) }];
  }
  return readContent(part);
}

function readContent(part: unknown): (TextPart | ImagePart)[] {
  if (typeof part === 'string') return [{ kind: 'text', text: part }];
  if (part instanceof vscode.LanguageModelTextPart) return [{ kind: 'text', text: part.value }];
  return part instanceof vscode.LanguageModelDataPart ? readData(part) : [];
}

function readData({ mimeType, data }: vscode.LanguageModelDataPart): (TextPart | ImagePart)[] {
  const given = mimeType === jpegAlias ? 'image/jpeg' : mimeType;
  const mediaType = imageTypes.find((type) => type === given);
  if (mediaType !== undefined) return [{ kind: 'image', mediaType, base64: toBase64(data) }];
  if (/^text\/|^application\/(?:.+\+)?json$/.test(mimeType)) {
    return [{ kind: 'text', text: new TextDecoder().decode(data) }];
  }
  // VS Code's chat marks messages with data of its own, such as `cache_control`: no media type at
  // all.
  if (!mimeType.includes('/')) return [];
  throw vscode.LanguageModelError.Blocked(
    vscode.l10n.t('Claude can’t be sent data of the type {0}.', mimeType),
  );
}

/** So many bytes at once make arguments that every engine takes. */
const chunkBytes = 8192;

function toBase64(data: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < data.length; at += chunkBytes) {
    pieces.push(String.fromCharCode(...data.subarray(at, at + chunkBytes)));
  }
  return btoa(pieces.join(''));
}

/** What `modelOptions` may have for us; the rest isn't the API's. */
const hasEffort = isObject({ effort: isOptional(isOneOf(effortLevels)) });
const hasMaxTokens = isObject({ max_tokens: isOptional(isCount) });

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
  const effort = hasEffort(modelOptions) ? modelOptions.effort : undefined;
  const limit = hasMaxTokens(modelOptions) ? modelOptions.max_tokens : undefined;
  return {
    model: model.id,
    maxTokens: Math.max(1, Math.min(limit ?? settings.maxTokens, model.maxOutputTokens)),
    effort: effort ?? settings.effort,
    showThinking: canShowThinking(),
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
