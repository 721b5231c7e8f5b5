import type * as vscode from 'vscode';
import type { Asker } from '../ask/asker.ts';
import type { Panels } from '../panel/panels.ts';
import type { CommitMessageParts } from '../scm/write-commit-message.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Spending } from '../usage/spending.ts';
import type { SavedPromptDeps } from './choose-saved.ts';
import type { Workspace } from './list-prompts.ts';
import type { pickPrompt } from './prompt-pick.ts';

/** What running a prompt needs of the rest. */
export interface RunPromptDeps extends SavedPromptDeps {
  readonly asker: Pick<Asker, 'send'>;
  readonly settings: Pick<SettingsReader, 'read'>;
  /** The workspace's own. */
  readonly workspaceMemory: vscode.Memento;
  /** VS Code's own where it is left out. */
  readonly workspace?: Workspace;
  /** The list on screen where it is left out. */
  readonly pick?: typeof pickPrompt;
}

/** What the commands of prompts and context need. */
export interface PromptsDeps extends RunPromptDeps, CommitMessageParts {
  readonly asker: Pick<Asker, 'send' | 'draft'>;
  readonly panels: Pick<Panels, 'draft' | 'attach'>;
  readonly spending: Pick<Spending, 'counter'>;
}
