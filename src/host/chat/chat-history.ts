import * as vscode from 'vscode';
import { BoundedMap } from '../../core/bounded-map.ts';
import type { Turn } from '../../core/conversation/conversation.ts';
import { Reply } from '../../core/conversation/reply.ts';
import { isCount, isObject, isString } from '../../core/guard.ts';
import { chatPrompt } from '../../core/prompt/built-in-prompts.ts';

/** Turns that are remembered whole: what was attached, and what the model thought. */
const maxRememberedTurns = 100;

/** What a result tells of its turn; VS Code keeps it with the chat. */
const isTurnMetadata = isObject({ replyId: isString, length: isCount });

export function turnMetadata({ reply }: Turn): NonNullable<vscode.ChatResult['metadata']> {
  return { replyId: reply.id, length: reply.text.length };
}

/** The earlier turns of VS Code's chats, as they were asked in this window. */
export class ChatHistory {
  readonly #turns = new BoundedMap<string, Turn>(maxRememberedTurns);

  remember(turn: Turn): void {
    this.#turns.set(turn.reply.id, turn);
  }

  findTurn(result: vscode.ChatResult): Turn | null {
    const { metadata } = result;
    return isTurnMetadata(metadata) ? (this.#turns.get(metadata.replyId) ?? null) : null;
  }

  /**
   * The turns before a question, oldest first, each after the one before it. What this window
   * doesn't remember is made from what VS Code shows: the words, without what was attached.
   */
  earlierTurns({ history }: vscode.ChatContext, model: string): readonly Turn[] {
    const turns: Turn[] = [];
    let request: vscode.ChatRequestTurn | null = null;
    for (const each of history) {
      if (each instanceof vscode.ChatRequestTurn) {
        request = each;
        continue;
      }
      if (!(each instanceof vscode.ChatResponseTurn) || request === null) continue;
      const known = this.findTurn(each.result) ?? turnFrom(request, each, model);
      const after = turns.at(-1)?.reply.id ?? null;
      if (known !== null) turns.push({ ...known, after });
      request = null;
    }
    return turns;
  }
}

function turnFrom(
  request: vscode.ChatRequestTurn,
  answered: vscode.ChatResponseTurn,
  model: string,
): Turn | null {
  const prompt = chatPrompt(request.command, request.prompt, vscode.l10n);
  if (prompt === null) return null;
  const shown = answered.response
    .map((part) => (part instanceof vscode.ChatResponseMarkdownPart ? part.value.value : ''))
    .join('');
  const { metadata } = answered.result;
  // What stands after the reply is its receipt.
  const text = isTurnMetadata(metadata) ? shown.slice(0, metadata.length) : shown;
  const reply = new Reply(crypto.randomUUID(), model, 0);
  reply.apply({ type: 'text', text }, 0);
  reply.apply({ type: 'outcome', outcome: { kind: 'complete' } }, 0);
  return { after: null, prompt, attachments: [], reply };
}
