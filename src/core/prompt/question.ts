import type { ClaudeRequest } from '../claude/request.ts';
import { type Conversation, type Turn, toExchanges } from '../conversation/conversation.ts';

import type { Attachment } from './attachment.ts';
import { buildRequest, type RequestSettings, toContinueRequest } from './build-request.ts';
import type { Prompt } from './prompt.ts';

/** What is asked, before it is checked. */
export interface Question {
  readonly prompt: Prompt;
  readonly attachments: readonly Attachment[];
  /** Left out for the one in the settings. */
  readonly model?: string;
}

/** The question for a conversation, whose own model goes before the one in the settings. */
export function questionIn(conversation: Conversation | null, question: Question): Question {
  const model = question.model ?? conversation?.model ?? null;
  return model === null ? question : { ...question, model };
}

/** Where in a conversation a question is asked. */
export interface RequestContext {
  /** The turns before it, oldest first. */
  readonly before: readonly Turn[];
  /** Whether follow-ups are to be expected. */
  readonly mayGoOn: boolean;
  /** Replaces the question's own model. */
  readonly model?: string | undefined;
  /** The beginning of the reply, where that is to be continued. */
  readonly textSoFar?: string;
}

/** Where no conversation is: nothing was said before, and no follow-up is expected. */
export const noContext: RequestContext = { before: [], mayGoOn: false };

/** Builds what a question sends. */
export function requestOf(
  question: Question,
  settings: RequestSettings,
  { before, mayGoOn, model = question.model ?? settings.model, textSoFar = '' }: RequestContext,
): ClaudeRequest {
  const request = buildRequest(
    question.prompt,
    question.attachments,
    { ...settings, model },
    { earlier: toExchanges(before, model), cache: mayGoOn },
  );
  return toContinueRequest(request, textSoFar);
}
