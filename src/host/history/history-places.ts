import type * as vscode from 'vscode';
import type { PriceOverrides } from '../../core/claude/price.ts';
import type { JournalStorage } from '../storage/journal-storage.ts';

/** Where conversations are kept, and who is told of changes among them. */
export interface HistoryPlaces {
  readonly conversations: JournalStorage;
  /** The journal `index` alone, apart from those that it lists. */
  readonly index: JournalStorage;
  /** Fires when the list of conversations in this window's eyes is another. */
  readonly changed: vscode.EventEmitter<void>;
  /** The user's own, for the receipts of what is restored. */
  readonly prices: () => PriceOverrides;
  readonly log: vscode.LogOutputChannel;
}
