import type { Conversation } from '../../core/conversation/conversation.ts';

/** Where a conversation is shown. */
export interface Place {
  readonly kind: 'panel' | 'document';
  /** What the user knows it by. */
  readonly name: string;
  /** Whether it is the one that the user works in. */
  readonly isActive: boolean;
}

/** Null where the conversation isn't shown. */
export type PlaceOf = (conversation: Conversation) => Place | null;
