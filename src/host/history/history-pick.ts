import * as vscode from 'vscode';
import { listedFinder } from '../../core/history/find-listed.ts';
import type { Listed } from '../../core/history/index-replay.ts';
import { dateTeller } from '../../core/history/periods.ts';
import { commandIds, historyView } from '../command-ids.ts';
import { chooseAndExport } from './choose-export.ts';
import { ConversationList } from './conversation-list.ts';
import { deleteConversation } from './delete-conversations.ts';
import type { HistoryDeps } from './history-deps.ts';
import { calendar, contentsOf, titleOf } from './listed-words.ts';
import { renameConversation } from './rename-conversation.ts';
import { type Found, searchConversations } from './search-conversations.ts';

/**
 * Rows that are shown at first, and added by each Show More: all of 10,000 would cross the wire.
 */
const pageLength = 100;

interface Row extends vscode.QuickPickItem {
  /** What choosing it does. */
  readonly run: () => void;
  readonly conversationId?: string;
}

interface RowButton extends vscode.QuickInputButton {
  readonly run: (deps: HistoryDeps, id: string) => Promise<void>;
  /** Whether it leads away from the list: it doesn't come back then. */
  readonly leads: boolean;
}

interface TitleButton extends vscode.QuickInputButton {
  readonly command: string;
}

/**
 * Shows the conversations, newest first; resolves when the list is closed and nothing of it is
 * left.
 */
export function pickConversation(deps: HistoryDeps): Promise<void> {
  return new HistoryPick(deps).show();
}

/** The list while it is open. Typing finds by title, file and date; one row searches the texts. */
class HistoryPick {
  readonly #deps: HistoryDeps;
  readonly #list: ConversationList;
  readonly #pick = vscode.window.createQuickPick<Row>();
  readonly #calendar = calendar();
  readonly #tellDate = dateTeller(this.#calendar);
  readonly #rowButtons = rowButtons();
  readonly #closed = new AbortController();
  #listed: readonly Listed[] = [];
  #find: (typed: string) => readonly Listed[] = () => [];
  /** How many there are beside those that are listed. */
  #unread = 0;
  #shown = pageLength;
  /** The search through the texts; null while there is none. */
  #search: AbortController | null = null;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
    this.#list = new ConversationList(deps.places);
  }

  async show(): Promise<void> {
    const pick = this.#pick;
    pick.title = vscode.l10n.t('Conversations');
    pick.placeholder = vscode.l10n.t('Find by title, file or date');
    pick.buttons = titleButtons();
    pick.busy = true;
    const hidden = new Promise<void>((resolve) => {
      pick.onDidHide(() => resolve());
    });
    pick.onDidChangeValue(() => {
      this.#shown = pageLength;
      this.#showFound();
    });
    pick.onDidAccept(() => pick.selectedItems[0]?.run());
    pick.onDidTriggerButton((button) => this.#press(button));
    pick.onDidTriggerItemButton(({ item, button }) => {
      const { conversationId } = item;
      const pressed = this.#rowButtons.find((known) => known === button);
      if (conversationId !== undefined) void this.#leaveFor(pressed, conversationId);
    });
    pick.show();
    try {
      await this.#read();
      await hidden;
    } finally {
      this.#closed.abort();
      this.#search?.abort();
      pick.dispose();
    }
  }

  async #read(): Promise<void> {
    const { listed: first, count, whole } = await this.#list.readFirst(pageLength);
    this.#know(first, count);
    // They are on their way to the screen before the others are looked at.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#closed.signal.aborted) return;
    const { listed, missing } = whole();
    this.#know(listed);
    for await (const found of this.#list.recover(missing, this.#closed.signal)) {
      this.#know([...this.#listed, ...found].sort((a, b) => b.changed - a.changed));
    }
    this.#pick.busy = false;
  }

  /** @param count how many there are, where they aren't all listed yet */
  #know(listed: readonly Listed[], count = listed.length): void {
    this.#listed = listed;
    this.#unread = count - listed.length;
    this.#find = listedFinder(listed, this.#calendar);
    if (this.#search === null) this.#showFound();
  }

  #showFound(): void {
    this.#search?.abort();
    this.#search = null;
    const found = this.#find(this.#pick.value);
    const rows = found.slice(0, this.#shown).map((listed) => this.#row(listed));
    const left = found.length + this.#unread - rows.length;
    if (left > 0) rows.push(this.#moreRow(left));
    if (this.#listed.length > 0) rows.push(this.#searchRow());
    // The same rows again would cross to the window for nothing, and take the place in them away.
    if (contentOf(rows) !== contentOf(this.#pick.items)) this.#pick.items = rows;
  }

  #row(listed: Listed, excerpt?: string): Row {
    const { id, changed } = listed;
    return {
      label: titleOf(listed),
      description: `${this.#tellDate(changed)} · ${contentsOf(listed)}`,
      ...(excerpt === undefined ? {} : { detail: excerpt }),
      buttons: this.#rowButtons,
      // What is found is found here: by more than what a row shows.
      alwaysShow: true,
      conversationId: id,
      run: () => {
        this.#pick.hide();
        void this.#deps.panels.openStored(id, 'here');
      },
    };
  }

  #moreRow(left: number): Row {
    return {
      label: vscode.l10n.t('Show More…'),
      description: vscode.l10n.t('{0} left; or type to find one', left),
      alwaysShow: true,
      run: () => {
        this.#shown += pageLength;
        this.#showFound();
      },
    };
  }

  #searchRow(): Row {
    return {
      label: `$(search) ${vscode.l10n.t('Search in the Text of All Conversations…')}`,
      alwaysShow: true,
      run: () => void this.#searchTexts(),
    };
  }

  /** Results come in as they are found; typing or closing the list ends it. */
  async #searchTexts(): Promise<void> {
    const pick = this.#pick;
    const wanted = pick.value.trim();
    if (wanted === '') {
      pick.placeholder = vscode.l10n.t('Type what to search for, then choose the search');
      return;
    }
    this.#search?.abort();
    const search = new AbortController();
    this.#search = search;
    const all = this.#listed;
    const found: Found[] = [];
    pick.items = [];
    pick.busy = true;
    const steps = searchConversations(this.#list, all, wanted, search.signal);
    for await (const step of steps) {
      found.push(...step.found);
      pick.title = vscode.l10n.t('Searched {0} of {1}', step.searched, all.length);
      if (step.found.length === 0) continue;
      pick.keepScrollPosition = true;
      pick.items = found
        .slice(0, pageLength)
        .map(({ listed, excerpt }) => this.#row(listed, excerpt));
    }
    pick.busy = false;
    pick.keepScrollPosition = false;
    if (search.signal.aborted) pick.title = vscode.l10n.t('Conversations');
    else pick.title = vscode.l10n.t('“{0}” in {1} of {2}', wanted, found.length, all.length);
  }

  #press(button: vscode.QuickInputButton): void {
    const pressed = titleButtons().find(
      ({ command }) => 'command' in button && button.command === command,
    );
    this.#pick.hide();
    if (pressed !== undefined) void vscode.commands.executeCommand(pressed.command);
  }

  /** An action may have a box of its own; the list comes back after it, unless it leads away. */
  async #leaveFor(pressed: RowButton | undefined, id: string): Promise<void> {
    this.#pick.hide();
    await pressed?.run(this.#deps, id);
    if (pressed?.leads !== true) await pickConversation(this.#deps);
  }
}

function contentOf(rows: readonly Row[]): string {
  return JSON.stringify(
    rows.map(({ conversationId, label, description, detail }) => [
      conversationId,
      label,
      description,
      detail,
    ]),
  );
}

function rowButtons(): readonly RowButton[] {
  return [
    {
      iconPath: new vscode.ThemeIcon('split-horizontal'),
      tooltip: vscode.l10n.t('Open in Another Panel'),
      run: ({ panels }, id) => panels.openStored(id, 'beside'),
      leads: true,
    },
    {
      iconPath: new vscode.ThemeIcon('export'),
      tooltip: vscode.l10n.t('Export…'),
      run: chooseAndExport,
      leads: true,
    },
    {
      iconPath: new vscode.ThemeIcon('edit'),
      tooltip: vscode.l10n.t('Rename…'),
      run: ({ places }, id) => renameConversation(places, id),
      leads: false,
    },
    {
      iconPath: new vscode.ThemeIcon('trash'),
      tooltip: vscode.l10n.t('Delete…'),
      run: deleteConversation,
      leads: false,
    },
  ];
}

function titleButtons(): readonly TitleButton[] {
  return [
    {
      iconPath: new vscode.ThemeIcon('add'),
      tooltip: vscode.l10n.t('New Conversation'),
      command: commandIds.newConversation,
    },
    {
      iconPath: new vscode.ThemeIcon('list-tree'),
      tooltip: vscode.l10n.t('Open as View'),
      command: `${historyView}.focus`,
    },
  ];
}
