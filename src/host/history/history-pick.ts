import * as vscode from 'vscode';
import { createConversationFinder, findText } from '../../core/history/find-conversations.ts';
import type { ListedConversation } from '../../core/history/history-index.ts';
import { createDateFormatter } from '../../core/history/periods.ts';
import { commandIds, historyView } from '../command-ids.ts';
import {
  ConversationList,
  contentsText,
  conversationLabel,
  currentCalendar,
  notifyDamaged,
} from './conversation-list.ts';
import { chooseAndExport } from './export-conversation.ts';
import {
  deleteConversation,
  type HistoryServices,
  renameConversation,
} from './manage-conversations.ts';

/** Conversations that are read at the same time. */
const searchConcurrency = 16;

interface SearchMatch {
  readonly listed: ListedConversation;
  /** The first place, in a line of its surroundings. */
  readonly excerpt: string;
}

interface SearchProgress {
  readonly found: readonly SearchMatch[];
  /** How many conversations were read so far. */
  readonly searched: number;
}

/** Reads conversations one after the other, the given order kept, until the signal ends it. */
export async function* searchConversations(
  list: ConversationList,
  conversations: readonly ListedConversation[],
  wanted: string,
  signal: AbortSignal,
): AsyncGenerator<SearchProgress> {
  const damaged: string[] = [];
  for (let from = 0; from < conversations.length; from += searchConcurrency) {
    const batch = conversations.slice(from, from + searchConcurrency);
    const read = await list.readAll(
      batch.map(({ id }) => id),
      damaged,
    );
    if (signal.aborted) break;
    const replays = new Map(read.map(({ id, replay }) => [id, replay]));
    const found = batch.flatMap((listed) => {
      const excerpt = findText(replays.get(listed.id)?.turns ?? [], wanted);
      return excerpt === null ? [] : [{ listed, excerpt }];
    });
    yield { found, searched: from + batch.length };
  }
  notifyDamaged(damaged);
}

/**
 * Rows that are shown at first, and added by each Show More: all of 10,000 would cross the wire.
 */
const pageLength = 100;

interface PickRow extends vscode.QuickPickItem {
  /** What choosing it does. */
  readonly run: () => void;
  readonly conversationId?: string;
}

interface RowButton extends vscode.QuickInputButton {
  readonly run: (deps: HistoryServices, id: string) => Promise<void>;
  /** Whether it leads away from the list: it doesn't come back then. */
  readonly closesList: boolean;
}

interface TitleButton extends vscode.QuickInputButton {
  readonly command: string;
}

/**
 * Shows the conversations, newest first; resolves when the list is closed and nothing of it is
 * left.
 */
export function pickConversation(deps: HistoryServices): Promise<void> {
  return new HistoryPick(deps).show();
}

/** The list while it is open. Typing finds by title, file and date; one row searches the texts. */
class HistoryPick {
  readonly #services: HistoryServices;
  readonly #list: ConversationList;
  readonly #pick = vscode.window.createQuickPick<PickRow>();
  readonly #calendar = currentCalendar();
  readonly #formatDate = createDateFormatter(this.#calendar);
  readonly #rowButtons = rowButtons();
  readonly #closed = new AbortController();
  #listed: readonly ListedConversation[] = [];
  #find: (typed: string) => readonly ListedConversation[] = () => [];
  /** How many there are beside those that are listed. */
  #unlistedCount = 0;
  #shown = pageLength;
  /** The search through the texts; null while there is none. */
  #search: AbortController | null = null;

  constructor(deps: HistoryServices) {
    this.#services = deps;
    this.#list = new ConversationList(deps.storage);
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
      if (conversationId !== undefined) void this.#runRowButton(pressed, conversationId);
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
    const { listed: first, count, loadAll: whole } = await this.#list.readFirst(pageLength);
    this.#setListed(first, count);
    // They are on their way to the screen before the others are looked at.
    await new Promise((resolve) => setTimeout(resolve));
    if (this.#closed.signal.aborted) return;
    const { listed, missing } = whole();
    this.#setListed(listed);
    for await (const found of this.#list.recover(missing, this.#closed.signal)) {
      this.#setListed([...this.#listed, ...found].sort((a, b) => b.changed - a.changed));
    }
    this.#pick.busy = false;
  }

  /** @param count how many there are, where they aren't all listed yet */
  #setListed(listed: readonly ListedConversation[], count = listed.length): void {
    this.#listed = listed;
    this.#unlistedCount = count - listed.length;
    this.#find = createConversationFinder(listed, this.#calendar);
    if (this.#search === null) this.#showFound();
  }

  #showFound(): void {
    this.#search?.abort();
    this.#search = null;
    const found = this.#find(this.#pick.value);
    const rows = found.slice(0, this.#shown).map((listed) => this.#row(listed));
    const left = found.length + this.#unlistedCount - rows.length;
    if (left > 0) rows.push(this.#moreRow(left));
    if (this.#listed.length > 0) rows.push(this.#searchRow());
    // The same rows again would cross to the window for nothing, and take the place in them away.
    if (rowsKey(rows) !== rowsKey(this.#pick.items)) this.#pick.items = rows;
  }

  #row(listed: ListedConversation, excerpt?: string): PickRow {
    const { id, changed } = listed;
    return {
      label: conversationLabel(listed),
      description: `${this.#formatDate(changed)} · ${contentsText(listed)}`,
      ...(excerpt === undefined ? {} : { detail: excerpt }),
      buttons: this.#rowButtons,
      // What is found is found here: by more than what a row shows.
      alwaysShow: true,
      conversationId: id,
      run: () => {
        this.#pick.hide();
        void this.#services.panels.openStored(id, 'here');
      },
    };
  }

  #moreRow(left: number): PickRow {
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

  #searchRow(): PickRow {
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
    const found: SearchMatch[] = [];
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
  async #runRowButton(pressed: RowButton | undefined, id: string): Promise<void> {
    this.#pick.hide();
    await pressed?.run(this.#services, id);
    if (pressed?.closesList !== true) await pickConversation(this.#services);
  }
}

function rowsKey(rows: readonly PickRow[]): string {
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
      closesList: true,
    },
    {
      iconPath: new vscode.ThemeIcon('export'),
      tooltip: vscode.l10n.t('Export…'),
      run: chooseAndExport,
      closesList: true,
    },
    {
      iconPath: new vscode.ThemeIcon('edit'),
      tooltip: vscode.l10n.t('Rename…'),
      run: ({ storage: places }, id) => renameConversation(places, id),
      closesList: false,
    },
    {
      iconPath: new vscode.ThemeIcon('trash'),
      tooltip: vscode.l10n.t('Delete…'),
      run: deleteConversation,
      closesList: false,
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
