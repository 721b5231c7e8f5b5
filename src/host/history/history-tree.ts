import * as vscode from 'vscode';
import type { ListedConversation } from '../../core/history/history-index.ts';
import { createDateFormatter, groupByPeriod, type Period } from '../../core/history/periods.ts';
import { commandIds } from '../command-ids.ts';
import {
  ConversationList,
  contentsText,
  conversationLabel,
  currentCalendar,
  type HistoryStorage,
} from './conversation-list.ts';

/** Shown at once below a period or its rest. */
const pageLength = 200;

/** Conversations of one period from a place on; they are read when it is expanded. */
class PeriodNode extends vscode.TreeItem {
  readonly key: string;
  readonly from: number;
  /** The first page where it is shown at once, so that it isn't read again. */
  readonly firstPage: Period<ListedConversation> | null;

  constructor(period: Period<ListedConversation>, from: number, isOpen = false) {
    const { key, label, items } = period;
    super(
      from === 0 ? label : vscode.l10n.t('{0} more', items.length - from),
      isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
    );
    this.key = key;
    this.from = from;
    this.firstPage = isOpen && items.length <= pageLength ? period : null;
    this.id = `${key}-${from}`;
    if (from === 0) this.description = String(items.length);
  }
}

class ConversationNode extends vscode.TreeItem {
  /** What commands on the node read. */
  readonly conversationId: string;

  constructor(listed: ListedConversation, tellDate: (at: number) => string) {
    super(conversationLabel(listed));
    this.id = listed.id;
    this.conversationId = listed.id;
    this.description = tellDate(listed.changed);
    this.tooltip = `${conversationLabel(listed)}\n${contentsText(listed)}`;
    this.contextValue = 'conversation';
    this.iconPath = new vscode.ThemeIcon('comment-discussion');
    this.command = {
      command: commandIds.openConversation,
      title: vscode.l10n.t('Open'),
      arguments: [{ conversationId: listed.id }],
    };
  }
}

/** Periods at the root, conversations in them, a page at a time. Only what is shown is kept. */
export async function historyChildren(
  places: HistoryStorage,
  parent: vscode.TreeItem | undefined,
): Promise<vscode.TreeItem[]> {
  const list = new ConversationList(places);
  if (parent === undefined) {
    const { listed, missing } = await list.read();
    const all = [...listed];
    for await (const found of list.recover(missing)) all.push(...found);
    const periods = groupByPeriod(all, currentCalendar());
    return periods.map((period, index) => new PeriodNode(period, 0, index === 0));
  }
  if (!(parent instanceof PeriodNode)) return [];
  if (parent.firstPage !== null) return pageNodes(parent.firstPage, 0);
  const periods = groupByPeriod((await list.read()).listed, currentCalendar());
  const period = periods.find(({ key }) => key === parent.key);
  return period === undefined ? [] : pageNodes(period, parent.from);
}

function pageNodes(period: Period<ListedConversation>, from: number): vscode.TreeItem[] {
  const tellDate = createDateFormatter(currentCalendar());
  const to = from + pageLength;
  const page = period.items.slice(from, to).map((item) => new ConversationNode(item, tellDate));
  return period.items.length > to ? [...page, new PeriodNode(period, to)] : page;
}
