import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { KeyPrompt } from '../api-key/key-prompt.ts';
import type { Connections } from '../connections.ts';
import { confirmAttachments } from '../editor/confirm-attachments.ts';
import { chooseModel } from '../model/choose-model.ts';
import { pickModel } from '../model/pick-model.ts';
import type { Question } from '../replies/reply-starter.ts';
import { checkSecrets } from '../secrets/check-secrets.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { Spending } from '../usage/spending.ts';
import { checkImages } from './check-images.ts';

type RequestOf = (question: Question) => ClaudeRequest;

/** What every question passes before it is asked, wherever it comes from. */
export class QuestionGate {
  readonly #connections: Connections;
  readonly #keyPrompt: KeyPrompt;
  readonly #settings: SettingsReader;
  readonly #spending: Spending;
  /** Likely secrets that the user has let through in this window. */
  readonly #accepted = new Set<string>();
  /** Earlier images that the user knows to stay away from a model, by its id. */
  readonly #withoutImages = new Map<string, Set<string>>();

  constructor(
    connections: Connections,
    keyPrompt: KeyPrompt,
    settings: SettingsReader,
    spending: Spending,
  ) {
    this.#connections = connections;
    this.#keyPrompt = keyPrompt;
    this.#settings = settings;
    this.#spending = spending;
  }

  /**
   * The question as it may be asked: likely secrets are pointed out first, and images that the
   * model doesn't take; both are taken out where the user wants that. Null where it isn't to be
   * asked.
   * @param requestsOf what would be sent for a question, all at once
   */
  pass(question: Question, ...requestsOf: readonly RequestOf[]): Promise<Question | null> {
    return this.#pass(question, question.attachments, requestsOf);
  }

  /** The same where what is attached was agreed to when it was sent first; the words may be new. */
  passAgain(question: Question, ...requestsOf: readonly RequestOf[]): Promise<Question | null> {
    return this.#pass(question, [], requestsOf);
  }

  /** @param unseen what is attached and wasn't agreed to: all of it, or nothing */
  async #pass(
    question: Question,
    unseen: readonly Attachment[],
    requestsOf: readonly RequestOf[],
  ): Promise<Question | null> {
    const checked = await checkSecrets({ ...question, attachments: unseen }, this.#accepted);
    if (checked === null) return null;
    const isAgain = unseen !== question.attachments;
    const whole = isAgain ? { ...checked, attachments: question.attachments } : checked;
    const fitting = await checkImages(whole, requestsOf, {
      capabilitiesOf: (model) => this.#connections.capabilitiesOf(model),
      chooseOther: (given, current) => this.#chooseOther(given, current),
      agreed: this.#withoutImages,
    });
    if (fitting === null) return null;
    const requests = requestsOf.map((requestOf) => () => requestOf(fitting));
    return (await this.#lets(isAgain ? [] : fitting.attachments, requests)) ? fitting : null;
  }

  /** For this question alone where it has a model of its own, else for all. */
  async #chooseOther(question: Question, current: string): Promise<Question | null> {
    if (question.model !== undefined) {
      const model = await pickModel(this.#keyPrompt, current);
      return model === null ? null : { ...question, model };
    }
    await chooseModel(this.#keyPrompt, this.#settings);
    return this.#settings.read().model === current ? null : question;
  }

  /**
   * False where the user doesn't want to send so much, gives no key, or keeps to the budget.
   * @param requests what would be sent
   */
  async #lets(
    attachments: readonly Attachment[],
    requests: readonly (() => ClaudeRequest)[],
  ): Promise<boolean> {
    if (!(await confirmAttachments(attachments))) return false;
    if (!(await this.#keyPrompt.ensureKey())) return false;
    if (this.#settings.read().dailyBudget === 0) return true;
    return this.#spending.budget.allows(...requests.map((request) => request()));
  }
}
