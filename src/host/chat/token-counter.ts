import type * as vscode from 'vscode';
import { BoundedMap } from '../../core/bounded-map.ts';
import type { CountableRequest } from '../../core/claude/checked-request.ts';
import type { Claude } from '../../core/claude/claude.ts';
import type { ClaudeRequest, DialogueMessage, DialoguePart } from '../../core/claude/request.ts';
import { singleToken, tokensOfText } from '../../core/claude/usage.ts';
import { estimateInput } from '../../core/usage/input-count.ts';
import { readMessages } from './dialogue-request.ts';

/** VS Code's chat counts the same pieces of a prompt again and again. */
const maxCachedCounts = 1000;

/** Tokens of texts and messages as the API counts them, each once. */
export class TokenCounter {
  /** Null where there is no key. */
  readonly #connect: () => Promise<Claude | null>;
  readonly #check: (request: ClaudeRequest) => CountableRequest | null;
  /** By the model and a digest of what was counted; the last used last. */
  readonly #counts = new BoundedMap<string, number>(maxCachedCounts);

  /** @param check null where the request may not leave the machine */
  constructor(
    connect: () => Promise<Claude | null>,
    check: (request: ClaudeRequest) => CountableRequest | null,
  ) {
    this.#connect = connect;
    this.#check = check;
  }

  /** Our estimate where the API can't be asked: VS Code's contract knows no unknown. */
  async count(
    model: string,
    content: string | vscode.LanguageModelChatRequestMessage,
    signal: AbortSignal,
  ): Promise<number> {
    const request = countRequest(model, content);
    if (request === null) return 0;
    const key = await digest(request);
    const known = this.#counts.get(key);
    if (known !== undefined) {
      this.#counts.set(key, known);
      return known;
    }
    const counted = await this.#ask(request, signal);
    if (counted === null) return estimateInput(request);
    const tokens =
      typeof content === 'string' ? await this.#withoutFrame(request, counted, signal) : counted;
    this.#counts.set(key, tokens);
    return tokens;
  }

  /** Null where the API can't be asked or doesn't tell. */
  async #ask(request: ClaudeRequest, signal: AbortSignal): Promise<number | null> {
    const countable = this.#check(request);
    const claude = countable === null ? null : await this.#connect();
    if (countable === null || claude === null) return null;
    const counted = await claude.countInput(countable, signal);
    return counted.ok ? counted.value : null;
  }

  /** Counts the message of one token once a model. */
  async #withoutFrame(request: ClaudeRequest, whole: number, signal: AbortSignal): Promise<number> {
    const key = `one token of ${request.model}`;
    let single = this.#counts.get(key);
    if (single === undefined) {
      const counted = await this.#ask(
        messagesRequest(request.model, [textMessage(singleToken)]),
        signal,
      );
      if (counted === null) return whole;
      single = counted;
    }
    this.#counts.set(key, single);
    return tokensOfText(whole, single);
  }
}

/** Null where there is nothing to count. */
function countRequest(
  model: string,
  content: string | vscode.LanguageModelChatRequestMessage,
): ClaudeRequest | null {
  const parts = typeof content === 'string' ? textMessage(content).parts : countable(content);
  const isBlank = parts.every((part) => part.kind === 'text' && part.text.trim() === '');
  return isBlank ? null : messagesRequest(model, [{ role: 'user', parts }]);
}

/** Whoever says it, and calls of tools by their words: the API counts no half of a dialogue. */
function countable(message: vscode.LanguageModelChatRequestMessage): readonly DialoguePart[] {
  const { system, messages } = readMessages([message]);
  const said = messages.flatMap(({ parts }) => parts);
  return [...textMessage(system).parts, ...said.flatMap(plainParts)];
}

function plainParts(part: DialoguePart): readonly DialoguePart[] {
  switch (part.kind) {
    case 'text':
    case 'image':
      return [part];
    case 'thought':
      return [];
    case 'tool-call':
      return textMessage(part.name + JSON.stringify(part.input)).parts;
    case 'tool-result':
      return part.parts;
  }
}

const textMessage = (text: string): DialogueMessage => ({
  role: 'user',
  parts: [{ kind: 'text', text }],
});

function messagesRequest(model: string, messages: readonly DialogueMessage[]): ClaudeRequest {
  return {
    model,
    maxTokens: 1,
    effort: null,
    showThinking: false,
    system: '',
    earlier: [],
    userText: '',
    cache: false,
    continuation: null,
    dialogue: { messages, tools: [], mustCallTool: false },
  };
}

/** Prompts can be long: only their digests are kept. */
async function digest(request: ClaudeRequest): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return hash.reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '');
}
