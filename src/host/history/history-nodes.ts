import * as vscode from 'vscode';
import type { Listed } from '../../core/history/index-replay.ts';
import { dateTeller, inPeriods, type Period } from '../../core/history/periods.ts';
import { commandIds } from '../command-ids.ts';
import { ConversationList } from './conversation-list.ts';
import type { HistoryPlaces } from './history-places.ts';
import { calendar, contentsOf, titleOf } from './listed-words.ts';

/** Shown at once below a period or its rest. */
const pageLength = 200;

/** Conversations of one period from a place on; they are read when it is expanded. */
class PeriodNode extends vscode.TreeItem {
  readonly key: string;
  readonly from: number;
  /** The first page where it is shown at once, so that it isn't read again. */
  readonly firstPage: Period<Listed> | null;

  constructor(period: Period<Listed>, from: number, isOpen = false) {
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

  constructor(listed: Listed, tellDate: (at: number) => string) {
    super(titleOf(listed));
    this.id = listed.id;
    this.conversationId = listed.id;
    this.description = tellDate(listed.changed);
    this.tooltip = `${titleOf(listed)}\n${contentsOf(listed)}`;
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
  places: HistoryPlaces,
  parent: vscode.TreeItem | undefined,
): Promise<vscode.TreeItem[]> {
  const list = new ConversationList(places);
  if (parent === undefined) {
    const { listed, missing } = await list.read();
    const all = [...listed];
    for await (const found of list.recover(missing)) all.push(...found);
    const periods = inPeriods(all, calendar());
    return periods.map((period, index) => new PeriodNode(period, 0, index === 0));
  }
  if (!(parent instanceof PeriodNode)) return [];
  if (parent.firstPage !== null) return pageOf(parent.firstPage, 0);
  const periods = inPeriods((await list.read()).listed, calendar());
  const period = periods.find(({ key }) => key === parent.key);
  return period === undefined ? [] : pageOf(period, parent.from);
}

function pageOf(period: Period<Listed>, from: number): vscode.TreeItem[] {
  const tellDate = dateTeller(calendar());
  const to = from + pageLength;
  const page = period.items.slice(from, to).map((item) => new ConversationNode(item, tellDate));
  return period.items.length > to ? [...page, new PeriodNode(period, to)] : page;
}
