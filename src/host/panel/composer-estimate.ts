import type { Conversation } from '../../core/conversation/conversation.ts';
import { joinSubscriptions, type Subscription } from '../../core/emitter.ts';
import { questionIn } from '../../core/prompt/question.ts';
import type { ToWebview } from '../../core/protocol/to-webview.ts';
import type { Preflight } from '../ask/preflight.ts';
import type { BudgetGuard } from '../usage/budget-guard.ts';
import type { InputCounter, LiveCount } from '../usage/input-counter.ts';
import { type Estimate, followEstimate } from '../usage/live-estimate.ts';
import type { ComposerAttachments } from './composer-attachments.ts';

export interface ComposerEstimateServices {
  readonly conversation: Conversation;
  readonly attachments: ComposerAttachments;
  readonly preflight: Pick<Preflight, 'draft'>;
  readonly counter: Pick<InputCounter, 'follow'>;
  readonly budget: Pick<BudgetGuard, 'createCheck'>;
  readonly post: (message: ToWebview) => void;
}

/** Tells a panel's composer what its question takes, with all that would go along. */
export class ComposerEstimate {
  readonly #services: ComposerEstimateServices;
  readonly #subscriptions: Subscription;
  #draft = '';
  /** Null while nothing is written. */
  #live: LiveCount | null = null;

  constructor(services: ComposerEstimateServices) {
    this.#services = services;
    const { conversation, attachments } = services;
    this.#subscriptions = joinSubscriptions(
      attachments.onDidChange(() => this.#update()),
      conversation.onDidSwitch(() => this.#update()),
      conversation.onDidChange(({ event }) => {
        if (event.type !== 'outcome') return;
        // The day has cost more since.
        this.#end();
        this.#update();
      }),
    );
  }

  /** @param draft the question so far; blank where there is none */
  updateDraft(draft: string): void {
    this.#draft = draft.trim();
    if (this.#draft === '') this.#end();
    else this.#update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#live?.dispose();
  }

  #update(): void {
    if (this.#draft === '') return;
    const { conversation, attachments, preflight, counter, budget } = this.#services;
    this.#live ??= followEstimate(counter, budget, (estimate) => this.#show(estimate));
    const prompt = { kind: 'free', text: this.#draft } as const;
    const question = questionIn(conversation, { prompt, attachments: attachments.list });
    const context = { before: conversation.branch, mayGoOn: true };
    this.#live.update(preflight.draft(question, context));
  }

  #end(): void {
    if (this.#live === null) return;
    this.#live.dispose();
    this.#live = null;
    this.#show(null);
  }

  #show(estimate: Estimate | null): void {
    const { text = '', warning = null } = estimate ?? {};
    this.#services.post({ type: 'estimate', text, warning });
  }
}
