import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Outcome, ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import type { TurnChange } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import { MemorySecrets } from '../../fakes/secret-storage.ts';

const { announceModels } = await import('../../../src/host/chat/announce-models.ts');

describe('Claude’s models are announced to VS Code', () => {
  let secrets: MemorySecrets;
  let changes: Emitter<TurnChange>;
  let announcements: number;
  let subscription: vscode.Disposable;
  beforeEach(() => {
    secrets = new MemorySecrets();
    changes = new Emitter();
    announcements = 0;
    const changed = { fire: () => void announcements++ };
    subscription = announceModels({ secrets, onDidChangeReply: changes.event, changed });
  });
  afterEach(() => subscription.dispose());

  function happen(event: ReplyEvent): void {
    const reply = new Reply('r', 'claude-sonnet-5-5', 0);
    changes.fire({
      turn: { after: null, prompt: { kind: 'explain' }, attachments: [], reply },
      event,
      at: 0,
    });
  }
  const end = (outcome: Outcome): void => happen({ type: 'outcome', outcome });

  it('as soon as a key is stored', async () => {
    await secrets.store('claudeStream.apiKey', 'sk-ant-1');
    assert.equal(announcements, 1);
  });

  it('once, after the first complete reply, because a key may come from the environment', () => {
    end({ kind: 'broken', failure: { kind: 'no-key' } });
    happen({ type: 'text', text: 'So' });
    assert.equal(announcements, 0);
    end({ kind: 'complete' });
    end({ kind: 'complete' });
    assert.equal(announcements, 1);
  });
});
