import type * as vscode from 'vscode';
import type { Asker } from '../ask/asker.ts';
import type { Panels } from '../panel/panels.ts';
import type { CommitMessageParts } from '../scm/write-commit-message.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';
import type { Workspace } from './list-prompts.ts';
import type { pickPrompt } from './prompt-pick.ts';

/** Where saved prompts are. */
export interface SavedPromptDeps {
  /** Where the user's own are; it needn't exist yet. */
  readonly userFolder: vscode.Uri;
  /** Which were used last, shared by all windows. */
  readonly memory: vscode.Memento;
}

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

/** What all commands of the chunk need. */
export interface PromptsDeps extends RunPromptDeps, CommitMessageParts {
  readonly asker: Pick<Asker, 'send' | 'requestOf'>;
  readonly panels: Pick<Panels, 'draft' | 'attach'>;
  readonly spending: Pick<LazySpending, 'load'>;
}
