import * as vscode from 'vscode';
import type { Question } from '../../core/prompt/question.ts';
import { requestPreview } from '../../core/prompt/request-preview.ts';
import { secretsIn } from '../../core/secrets/question-secrets.ts';
import type { Settings } from '../../core/settings.ts';
import { inputCountText } from '../../core/usage/input-count.ts';
import type { Asker } from '../ask/asker.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Spending } from '../usage/spending.ts';

const scheme = 'claude-request';

export interface PreviewParts {
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly spending: Pick<Spending, 'counter'>;
  readonly asker: Pick<Asker, 'draft'>;
}

/** Shows what a question would send, in a document that can't be changed, with its token count. */
export class RequestPreview implements vscode.Disposable {
  readonly #parts: PreviewParts;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  constructor(parts: PreviewParts) {
    this.#parts = parts;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    );
  }

  /** @param target where it would be asked; what was said before goes along in the panel alone */
  async show(question: Question, target?: Settings['target']): Promise<void> {
    const { settings, spending, asker } = this.#parts;
    const { counter } = spending;
    const { request, countable } = asker.draft(question, target);
    const counted =
      countable === null ? null : await counter.count(countable, AbortSignal.timeout(10_000));
    const count = counted ?? counter.known(request);
    const secrets = secretsIn(question, vscode.l10n).map(({ sentence }) => sentence);
    const facts = {
      baseUrl: settings.read().baseUrl,
      count: inputCountText(count, vscode.l10n),
      isCounted: count.exact,
      secrets,
    };
    const uri = vscode.Uri.from({ scheme, path: vscode.l10n.t('/Request preview.md') });
    this.#texts.set(uri.toString(), requestPreview(request, facts, vscode.l10n));
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
