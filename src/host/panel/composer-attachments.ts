import { Emitter } from '../../core/emitter.ts';
import type { L10n } from '../../core/l10n.ts';
import { type Attachment, attachmentLabel } from '../../core/prompt/attachment.ts';
import type { Chip } from '../../core/protocol/to-webview.ts';

/** What goes with the next question of a panel. */
export class ComposerAttachments {
  readonly #attachments = new Map<string, Attachment>();
  readonly #changed = new Emitter<void>();
  #imageFault: string | null = null;

  readonly onDidChange = this.#changed.event;

  chips(l10n: L10n): readonly Chip[] {
    return [...this.#attachments].map(([id, attachment]) => ({
      id,
      label: attachmentLabel(attachment, l10n),
      fault: attachment.kind === 'image' ? this.#imageFault : null,
    }));
  }

  /** Why images can't go along, in a sentence; null where they can. */
  set imageFault(fault: string | null) {
    if (fault === this.#imageFault) return;
    this.#imageFault = fault;
    this.#changed.fire();
  }

  get list(): readonly Attachment[] {
    return [...this.#attachments.values()];
  }

  /** One that is there already is not there twice. */
  add(attachments: readonly Attachment[]): void {
    for (const attachment of attachments) {
      this.#attachments.set(attachmentKey(attachment), attachment);
    }
    this.#changed.fire();
  }

  remove(id: string): void {
    this.#attachments.delete(id);
    this.#changed.fire();
  }

  removeImages(): void {
    for (const [id, { kind }] of this.#attachments) {
      if (kind === 'image') this.#attachments.delete(id);
    }
    this.#changed.fire();
  }

  /** Removes exactly these: what was attached since stays. */
  removeSent(sent: readonly Attachment[]): void {
    for (const [id, attachment] of this.#attachments) {
      if (sent.includes(attachment)) this.#attachments.delete(id);
    }
    this.#changed.fire();
  }
}

function attachmentKey(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'selection': {
      const { file, lines, text } = attachment;
      return JSON.stringify([file, lines, text.length]);
    }
    case 'quote':
      return attachment.text;
    case 'problems':
    case 'diff':
    case 'definition':
      return JSON.stringify([attachment.kind, attachment.label]);
    case 'image':
      return JSON.stringify([attachment.file, attachment.data.length]);
  }
}
