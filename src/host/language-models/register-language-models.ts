import * as vscode from 'vscode';
import type { ClaudeModels, ClaudeModelsParts } from './claude-models.ts';
import { modelVendor } from './model-vendor.ts';

/** What the models are made of, but for the event that this makes. */
export type LanguageModelParts = Omit<ClaudeModelsParts, 'changed'>;

/**
 * Offers Claude's models to VS Code's chat and to other extensions; loaded when somebody asks for
 * them.
 */
export function registerLanguageModels(parts: () => LanguageModelParts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let loaded: Promise<ClaudeModels> | undefined;
  const models = (): Promise<ClaudeModels> => {
    loaded ??= import('./claude-models.ts').then(
      (chunk) => new chunk.ClaudeModels({ ...parts(), changed }),
    );
    return loaded;
  };
  // Editors made from older versions of VS Code may have no such thing.
  const registered = vscode.lm?.registerLanguageModelChatProvider?.(modelVendor, {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async (options, token) =>
      (await models()).list(options, token),
    provideLanguageModelChatResponse: async (model, messages, options, progress, token) =>
      (await models()).respond(model, messages, options, progress, token),
    provideTokenCount: async (model, text, token) => (await models()).count(model, text, token),
  });
  return vscode.Disposable.from(
    changed,
    ...(registered === undefined ? [] : [registered]),
    new vscode.Disposable(() => {
      // What could not be loaded has nothing to dispose of, and has told whoever asked.
      void loaded?.then(
        (made) => made.dispose(),
        () => {},
      );
    }),
  );
}
