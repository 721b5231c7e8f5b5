import type * as vscode from 'vscode';

/** A memento that keeps nothing. */
export const noMemory: vscode.Memento = {
  get: () => undefined,
  keys: () => [],
  update: async () => {},
};
