import * as vscode from 'vscode';
import type {
  DialogueMessage,
  DialoguePart,
  ImagePart,
  ImageType,
  TextPart,
} from '../../core/claude/dialogue.ts';

export interface ReadMessages {
  /** What was said in the system's role; empty where nothing was. */
  readonly system: string;
  readonly messages: readonly DialogueMessage[];
}

const imageTypes: readonly ImageType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

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
  return readShown(part);
}

/** A result's parts may be of kinds that only another extension knows. */
function readResult(part: unknown): (TextPart | ImagePart)[] {
  if (part instanceof vscode.LanguageModelPromptTsxPart) {
    return [{ kind: 'text', text: JSON.stringify(part.value) }];
  }
  return readShown(part);
}

function readShown(part: unknown): (TextPart | ImagePart)[] {
  if (typeof part === 'string') return [{ kind: 'text', text: part }];
  if (part instanceof vscode.LanguageModelTextPart) return [{ kind: 'text', text: part.value }];
  return part instanceof vscode.LanguageModelDataPart ? readData(part) : [];
}

function readData({ mimeType, data }: vscode.LanguageModelDataPart): (TextPart | ImagePart)[] {
  const mediaType = imageTypes.find((type) => type === mimeType);
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
