import * as vscode from 'vscode';
import type { Listed } from '../../core/history/index-replay.ts';
import { dateTeller, inPeriods, type Period } from '../../core/history/periods.ts';
import { commandIds } from '../command-ids.ts';
import { ConversationList } from './conversation-list.ts';
import { calendar, contentsOf, titleOf } from './listed-words.ts';
import type { HistoryPlaces } from './load-history.ts';

/** Shown at once below a period or its rest. */
const pageLength = 200;

/** Conversations of one period from a place on; they are read when it is expanded. */
class PeriodNode extends vscode.TreeItem {
  readonly key: string;
  readonly from: number;

  constructor({ key, label, items }: Period<Listed>, from: number) {
    super(
      from === 0 ? label : vscode.l10n.t('{0} more', items.length - from),
      key === 'today' && from === 0
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
    );
    this.key = key;
    this.from = from;
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

/** Periods at the root, conversations in them, a page at a time. Nothing is kept between two calls. */
export async function historyChildren(
  places: HistoryPlaces,
  parent: vscode.TreeItem | undefined,
): Promise<vscode.TreeItem[]> {
  const list = new ConversationList(places);
  const { listed, missing } = await list.read();
  const all = [...listed];
  if (parent === undefined) {
    for await (const found of list.recover(missing)) all.push(...found);
  }
  const periods = inPeriods(all, calendar());
  if (parent === undefined) return periods.map((period) => new PeriodNode(period, 0));
  const of = parent instanceof PeriodNode ? parent : null;
  const period = periods.find(({ key }) => key === of?.key);
  if (of === null || period === undefined) return [];
  const tellDate = dateTeller(calendar());
  const to = of.from + pageLength;
  const page = period.items.slice(of.from, to).map((item) => new ConversationNode(item, tellDate));
  return period.items.length > to ? [...page, new PeriodNode(period, to)] : page;
}
