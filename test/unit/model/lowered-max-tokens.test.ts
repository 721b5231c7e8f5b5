import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/emitter.ts';
import { notifyLoweredMaxTokens } from '../../../src/host/connection/lowered-max-tokens.ts';
import { answers, calls } from '../../fakes/vscode.ts';

describe('a reply with fewer tokens than the settings ask for', () => {
  const notification = 'window.showInformationMessage';
  after(() => answers.clear());

  it('is told once for each model', () => {
    const lowered = new Emitter<{ readonly model: string; readonly maxTokens: number }>();
    answers.set(notification, () => Promise.resolve(undefined));
    const subscription = notifyLoweredMaxTokens({ onDidLowerMaxTokens: lowered.event });
    const before = calls.length;
    lowered.fire({ model: 'claude-haiku-4-5', maxTokens: 64_000 });
    lowered.fire({ model: 'claude-haiku-4-5', maxTokens: 64_000 });
    lowered.fire({ model: 'a-small-one', maxTokens: 4000 });
    subscription.dispose();
    const shown = calls.slice(before).filter(({ name }) => name === notification);
    assert.deepEqual(
      shown.map(({ given }) => /^(\S+) writes at most \S+.*maxTokens/.exec(String(given[0]))?.[1]),
      ['claude-haiku-4-5', 'a-small-one'],
    );
  });
});
