import type { Attachment } from '../../core/prompt/attachment.ts';
import type { Connections } from '../connections.ts';
import { confirmAttachments } from '../editor/confirm-attachments.ts';

/** What every question passes before it is asked, wherever it comes from. */
export class QuestionGate {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** False where the user doesn't want to send so much, or gives no key. */
  async lets(attachments: readonly Attachment[]): Promise<boolean> {
    return (await confirmAttachments(attachments)) && (await this.#connections.ensureKey());
  }
}
