import * as vscode from 'vscode';
import type { Question } from '../../core/prompt/question.ts';
import { formatRequestPreview } from '../../core/prompt/request-preview.ts';
import { findQuestionSecrets } from '../../core/secrets/question-secrets.ts';
import type { Settings } from '../../core/settings.ts';
import { formatInputCount } from '../../core/usage/input-count.ts';
import { editorColumn } from '../editor/columns.ts';
import { displayBaseUrl, type SettingsReader } from '../settings-reader.ts';
import type { InputCounter } from '../usage/input-counter.ts';
import type { AskService } from './ask-service.ts';

const previewScheme = 'claude-request';

export interface PreviewServices {
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly spending: { readonly counter: Pick<InputCounter, 'cachedOrEstimated' | 'count'> };
  readonly asker: Pick<AskService, 'draft'>;
}

/** Shows what a question would send, in a document that can't be changed, with its token count. */
export class RequestPreview implements vscode.Disposable {
  readonly #services: PreviewServices;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  constructor(services: PreviewServices) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(previewScheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  /** @param target where it would be asked; what was said before goes along in the panel alone */
  async show(question: Question, target?: Settings['target']): Promise<void> {
    const { settings, spending, asker } = this.#services;
    const { counter } = spending;
    const { request, countable } = asker.draft(question, target);
    const counted =
      countable === null ? null : await counter.count(countable, AbortSignal.timeout(10_000));
    const count = counted ?? counter.cachedOrEstimated(request);
    const secrets = findQuestionSecrets(question, vscode.l10n).map(({ sentence }) => sentence);
    const facts = {
      baseUrl: displayBaseUrl(settings.read().baseUrl),
      count: formatInputCount(count, vscode.l10n),
      isCounted: count.exact,
      secrets,
    };
    const uri = vscode.Uri.from({
      scheme: previewScheme,
      path: vscode.l10n.t('/Request preview.md'),
    });
    this.#texts.set(uri.toString(), formatRequestPreview(request, facts, vscode.l10n));
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { viewColumn: editorColumn(), preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
