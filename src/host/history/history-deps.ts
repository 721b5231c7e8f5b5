import type { OpenConversation } from '../storage/conversation-store.ts';
import type { HistoryPlaces } from './load-history.ts';

/** The panel as history needs it. */
export interface ConversationPanel {
  /** What is shown; null where there is no panel. */
  readonly open: OpenConversation | null;
  /** Shows a stored conversation in the place of what is shown. */
  openStored(id: string): Promise<void>;
  /** Shows a new conversation in the place of what is shown. */
  startNew(): Promise<void>;
  /** Closes the panel: false where the user keeps the reply that still streams in it. */
  putAway(): Promise<boolean>;
}

export interface HistoryDeps {
  readonly places: HistoryPlaces;
  readonly panel: ConversationPanel;
}
