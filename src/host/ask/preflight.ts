import { testRequest } from '../../core/check/check-streaming.ts';
import {
  type CheckedRequest,
  type CountableRequest,
  RequestSealer,
} from '../../core/claude/checked-request.ts';
import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Turn } from '../../core/conversation/conversation.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import {
  noContext,
  type Question,
  type RequestContext,
  requestOf,
} from '../../core/prompt/question.ts';
import { findQuestionSecrets } from '../../core/secrets/question-secrets.ts';
import type { BudgetedInput, Draft } from '../../core/usage/input-count.ts';
import { askForModelPermission, ModelPermission } from '../chat/model-permission.ts';
import { chooseModel, type ModelSource, pickModel } from '../connection/choose-model.ts';
import type { Connections } from '../connection/connections.ts';
import type { KeyPrompt } from '../connection/key-prompt.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { BudgetGuard } from '../usage/budget-guard.ts';
import {
  askAboveCharacters,
  checkImages,
  checkSecrets,
  confirmSize,
  countCharacters,
  earlierTexts,
  isWithinSendLimits,
} from './preflight-checks.ts';

/** A question that the user has let through. */
export interface CheckedQuestion {
  /** As it may be sent: without the secrets and images that the user took out. */
  readonly question: Question;
  /**
   * Builds what is sent, from the conversation as it is at that moment. What was reserved for it is
   * released by whoever sends it.
   * @param index which of the contexts it was checked for
   */
  seal(context: RequestContext, index?: number): CheckedRequest;
  /** Gives back what was reserved: none of it is sent. */
  release(): void;
}

/** A prompt on many files, once each may be counted. */
export interface CheckedFiles {
  /** What the user sends of the files: some may be redacted, or left out. */
  readonly attachments: readonly Attachment[];
  /** One for each file, in their order. */
  readonly requests: readonly CountableRequest[];
  /**
   * Asks where that much input would exceed the day's budget.
   * @returns the same requests as they may be sent; null where they may not
   */
  approve(input: BudgetedInput): Promise<readonly CheckedRequest[] | null>;
}

interface PreflightServices {
  readonly connections: Pick<Connections, 'getCapabilities'>;
  readonly keyPrompt: Pick<KeyPrompt, 'ensureKey'> & ModelSource;
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly spending: { readonly budget: Pick<BudgetGuard, 'confirmInput' | 'confirmRequests'> };
}

/**
 * Settles all that must be settled before anything leaves the machine: secrets, images, size,
 * binary data, the key and the budget. Nothing else makes requests that can be sent or counted.
 */
export class Preflight extends RequestSealer {
  readonly #services: PreflightServices;
  readonly #permission: ModelPermission;
  /** Likely secrets that the user has let through in this window. */
  readonly #acceptedSecrets = new Set<string>();
  /** Earlier images that the user knows aren't sent to a model, by its id. */
  readonly #withheldImages = new Map<string, Set<string>>();
  /**
   * How many characters of a conversation the user has agreed to send again, by its first turn.
   */
  readonly #acceptedEarlier = new WeakMap<Turn, number>();

  constructor(services: PreflightServices) {
    super();
    this.#services = services;
    const { settings } = services;
    this.#permission = new ModelPermission(
      () => settings.read().chatModels,
      () => askForModelPermission(settings),
    );
  }

  /**
   * Asks the user about everything that needs their word, each thing once. Secrets and images are
   * taken out where they want that.
   * @param contexts where it is asked; several where it goes to several models at once
   * @returns null where the question isn't to be sent
   */
  check(
    question: Question,
    ...contexts: readonly RequestContext[]
  ): Promise<CheckedQuestion | null> {
    return this.#check(question, question.attachments, contexts);
  }

  /**
   * Checks a question whose attachments the user agreed to when they were sent first: a retry, an
   * edit, a continuation. The words may be new.
   */
  recheck(
    question: Question,
    ...contexts: readonly RequestContext[]
  ): Promise<CheckedQuestion | null> {
    return this.#check(question, [], contexts);
  }

  /** Checks without asking the user whether a question may be counted while it is written. */
  draft(question: Question, context: RequestContext): Draft {
    const request = this.#requestOf(question, context);
    const mayLeave =
      isWithinSendLimits({
        attachments: question.attachments,
        earlier: this.#unacceptedEarlier([context], [request]),
      }) &&
      !this.#lacksImageSupport(request) &&
      findQuestionSecrets({ ...question, attachments: [] }, untranslated).length === 0 &&
      !question.attachments.some(holdsSecrets);
    return { request, countable: mayLeave ? this.sealForCounting(request) : null };
  }

  /**
   * Checks a prompt that runs on each of its attachments by itself. Size and cost are agreed to
   * once they are counted; before that, a budget that is used up is asked about.
   */
  async checkFiles(question: Question): Promise<CheckedFiles | null> {
    const { keyPrompt, spending } = this.#services;
    const { budget } = spending;
    const checked = await checkSecrets(question, this.#acceptedSecrets, true);
    if (checked === null || !(await keyPrompt.ensureKey())) return null;
    const reservation = await budget.confirmInput({ cost: null, costExact: false });
    if (reservation === null) return null;
    // Nothing is known of its cost yet.
    reservation.release();
    // A summary of the thinking would be written for nobody.
    const settings = { ...this.#services.settings.read(), showThinking: false };
    const requests = checked.attachments.map((file) =>
      requestOf({ ...checked, attachments: [file] }, settings, noContext),
    );
    return {
      attachments: checked.attachments,
      requests: requests.map((request) => this.sealForCounting(request)),
      approve: async (input) => {
        const asked = { ...input, models: [settings.model] };
        const whole = await budget.confirmInput(asked, requests);
        if (whole === null) return null;
        // The whole is kept until the run has ended.
        return requests.map((request) => this.seal(request, whole));
      },
    };
  }

  /**
   * Checks what another extension, or VS Code's chat, wants to send with the user's key. Its text
   * is that extension's own, so only permission and budget count.
   */
  async checkExternal(
    request: ClaudeRequest,
  ): Promise<CheckedRequest | 'forbidden' | 'no-key' | 'budget'> {
    const { keyPrompt, spending } = this.#services;
    const { budget } = spending;
    if (!(await this.#permission.isGranted())) return 'forbidden';
    if (!(await keyPrompt.ensureKey())) return 'no-key';
    const reserved = await budget.confirmRequests(request);
    return reserved === null ? 'budget' : this.seal(request, reserved[0]);
  }

  /** Null without the user's permission; a count isn't worth asking for it. */
  countableExternal(request: ClaudeRequest): CountableRequest | null {
    return this.#services.settings.read().chatModels === 'allow'
      ? this.sealForCounting(request)
      : null;
  }

  /** The connection test's request holds nothing of the user's; the test asks about its cost. */
  connectionTest(): CheckedRequest {
    return this.seal(testRequest(this.#services.settings.read().model));
  }

  /** @param unseen the attachments that weren't agreed to yet: all of them, or none */
  async #check(
    asked: Question,
    unseen: readonly Attachment[],
    contexts: readonly RequestContext[],
  ): Promise<CheckedQuestion | null> {
    const { connections, keyPrompt, spending } = this.#services;
    const redacted = await checkSecrets({ ...asked, attachments: unseen }, this.#acceptedSecrets);
    if (redacted === null) return null;
    const isAgain = unseen !== asked.attachments;
    const question = await checkImages(
      isAgain ? { ...redacted, attachments: asked.attachments } : redacted,
      (given) => contexts.map((context) => this.#requestOf(given, context)),
      {
        getCapabilities: (model) => connections.getCapabilities(model),
        chooseOtherModel: (given, current) => this.#chooseOther(given, current),
        acceptedImages: this.#withheldImages,
      },
    );
    if (question === null) return null;
    const requests = contexts.map((context) => this.#requestOf(question, context));
    const earlier = this.#unacceptedEarlier(contexts, requests);
    const size = { attachments: isAgain ? [] : question.attachments, earlier };
    if (!(await confirmSize(size))) return null;
    if (!isWithinSendLimits(size)) this.#acceptEarlier(contexts, requests);
    if (!(await keyPrompt.ensureKey())) return null;
    const reserved = await spending.budget.confirmRequests(...requests);
    if (reserved === null) return null;
    return {
      question,
      seal: (context, index = 0) => this.seal(this.#requestOf(question, context), reserved[index]),
      release: () => {
        for (const each of reserved) each.release();
      },
    };
  }

  /**
   * What is sent again of the longest conversation. Empty where the user has agreed to it, and not
   * much was added since: a follow-up doesn't ask each time.
   */
  #unacceptedEarlier(
    contexts: readonly RequestContext[],
    requests: readonly ClaudeRequest[],
  ): readonly string[] {
    const all = requests.map((request, index) => {
      const texts = earlierTexts(request);
      const first = contexts[index]?.before[0];
      const accepted = first === undefined ? undefined : this.#acceptedEarlier.get(first);
      const isAccepted =
        accepted !== undefined && countCharacters(texts) <= accepted + askAboveCharacters;
      return isAccepted ? [] : texts;
    });
    return all.reduce(
      (longest, texts) => (countCharacters(texts) > countCharacters(longest) ? texts : longest),
      [],
    );
  }

  #acceptEarlier(contexts: readonly RequestContext[], requests: readonly ClaudeRequest[]): void {
    for (const [index, request] of requests.entries()) {
      const first = contexts[index]?.before[0];
      if (first !== undefined) {
        this.#acceptedEarlier.set(first, countCharacters(earlierTexts(request)));
      }
    }
  }

  #lacksImageSupport({ model, images = [] }: ClaudeRequest): boolean {
    return (
      images.length > 0 && this.#services.connections.getCapabilities(model)?.takesImages === false
    );
  }

  #requestOf(question: Question, context: RequestContext): ClaudeRequest {
    return requestOf(question, this.#services.settings.read(), context);
  }

  /** For this question alone where it has a model of its own, else for all. */
  async #chooseOther(question: Question, current: string): Promise<Question | null> {
    const { keyPrompt, settings } = this.#services;
    if (question.model !== undefined) {
      const model = await pickModel(keyPrompt, current);
      return model === null ? null : { ...question, model };
    }
    await chooseModel(keyPrompt, settings);
    return settings.read().model === current ? null : question;
  }
}

/** Nobody reads these sentences. */
const untranslated = { t: (text: string): string => text };

/** By attachment: the same ones are asked about at every keystroke. */
const knownToHoldSecrets = new WeakMap<Attachment, boolean>();

function holdsSecrets(attachment: Attachment): boolean {
  const known = knownToHoldSecrets.get(attachment);
  if (known !== undefined) return known;
  const question = { prompt: { kind: 'explain' }, attachments: [attachment] } as const;
  const holds = findQuestionSecrets(question, untranslated).length > 0;
  knownToHoldSecrets.set(attachment, holds);
  return holds;
}
