import type { ClaudeRequest } from '../../core/claude/request.ts';
import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Connections } from '../connections.ts';
import { needNoConfirmation } from '../editor/need-no-confirmation.ts';
import type { SettingsReader } from '../settings-reader.ts';
import type { LazySpending } from '../usage/lazy-spending.ts';

/** What every question passes before it is asked, wherever it comes from. */
export class QuestionGate {
  readonly #connections: Connections;
  readonly #settings: SettingsReader;
  readonly #spending: LazySpending;

  constructor(connections: Connections, settings: SettingsReader, spending: LazySpending) {
    this.#connections = connections;
    this.#settings = settings;
    this.#spending = spending;
  }

  /**
   * False where the user doesn't want to send so much, gives no key, or keeps to the budget.
   * @param request what would be sent
   */
  async lets(attachments: readonly Attachment[], request: () => ClaudeRequest): Promise<boolean> {
    if (!needNoConfirmation(attachments)) {
      const { confirmAttachments } = await import('../editor/confirm-attachments.ts');
      if (!(await confirmAttachments(attachments))) return false;
    }
    if (!(await this.#connections.ensureKey())) return false;
    if (this.#settings.read().dailyBudget === 0) return true;
    const { budget } = await this.#spending.load();
    return budget.allows(request());
  }
}
