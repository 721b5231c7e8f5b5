import type { OpenConversation } from '../storage/conversation-store.ts';
import type { HistoryPlaces } from './history-places.ts';

/** The panels as history needs them. */
export interface ConversationPanels {
  /** What the panel in use shows; null where there is no panel. */
  readonly open: OpenConversation | null;
  /** A conversation that one of them shows; else null. */
  find(id: string): OpenConversation | null;
  /**
   * Shows a stored conversation in the place of the panel in use, or in another beside it. One that
   * is shown already is only brought into view.
   */
  openStored(id: string, where: 'here' | 'beside'): Promise<void>;
  /** Shows a new conversation in the place of the panel in use. */
  startNew(): Promise<void>;
  /** Shows a new conversation in another panel. */
  startBeside(): Promise<void>;
  /**
   * Closes the panel that shows it: false where the user keeps the reply that still streams in it.
   */
  putAway(id: string): Promise<boolean>;
  /** The same with all of them. */
  putAllAway(): Promise<boolean>;
}

export interface HistoryDeps {
  readonly places: HistoryPlaces;
  readonly panels: ConversationPanels;
}
