import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Connections } from '../connections.ts';
import type { Question } from '../replies/reply-starter.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';

/** What every question passes before it is asked, wherever it comes from. */
export class QuestionGate {
  readonly #connections: Connections;
  readonly #settings: SettingsReader;
  readonly #spending: LazySpending;
  /** Likely secrets that the user has let through in this window. */
  readonly #accepted = new Set<string>();

  constructor(connections: Connections, settings: SettingsReader, spending: LazySpending) {
    this.#connections = connections;
    this.#settings = settings;
    this.#spending = spending;
  }

  /**
   * The question as it may be asked: likely secrets are pointed out first, and are taken out where the
   * user wants that. Null where it isn't to be asked.
   * @param requestsOf what would be sent for a question, all at once
   */
  async pass(
    question: Question,
    ...requestsOf: readonly ((question: Question) => ClaudeRequest)[]
  ): Promise<Question | null> {
    // The build turns this import into a chunk of its own.
    const { checkSecrets } = await import('./check-question.ts');
    const checked = await checkSecrets(question, this.#accepted);
    if (checked === null) return null;
    const requests = requestsOf.map((requestOf) => () => requestOf(checked));
    return (await this.lets(checked.attachments, ...requests)) ? checked : null;
  }

  /**
   * False where the user doesn't want to send so much, gives no key, or keeps to the budget.
   * @param requests what would be sent
   */
  async lets(
    attachments: readonly Attachment[],
    ...requests: readonly (() => ClaudeRequest)[]
  ): Promise<boolean> {
    const { confirmAttachments } = await import('./check-question.ts');
    if (!(await confirmAttachments(attachments))) return false;
    if (!(await this.#connections.ensureKey())) return false;
    if (this.#settings.read().dailyBudget === 0) return true;
    const { budget } = await this.#spending.load();
    return budget.allows(...requests.map((request) => request()));
  }
}
