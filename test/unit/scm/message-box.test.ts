import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type InputBox, MessageBox } from '../../../src/host/scm/message-box.ts';

/** A box that is set to each value once more after some time, as VS Code's is on a busy machine. */
class EchoingBox implements InputBox {
  readonly #afterMs: number;
  #value = '';

  constructor(afterMs: number) {
    this.#afterMs = afterMs;
  }

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    this.#value = value;
    setTimeout(() => {
      this.#value = value;
    }, this.#afterMs);
  }

  type(value: string): void {
    this.#value = value;
  }
}

describe('a commit message’s box', () => {
  const message = 'feat(api): add one more thing';

  it('takes no late echo for an edit', async () => {
    const input = new EchoingBox(250);
    const box = new MessageBox(input, () => assert.fail('nobody has edited it'));
    for (let end = 4; end < message.length; end += 4) {
      box.write(message.slice(0, end));
      await sleep(60);
    }
    await box.finish(message);
    await sleep(300);
    assert.equal(input.value, message);
  });

  it('is the user’s once it was edited', async () => {
    const input = new EchoingBox(1);
    let edits = 0;
    const box = new MessageBox(input, () => edits++);
    box.write('feat');
    await sleep(20);
    input.type('feat my own');
    box.write('feat(api)');
    await box.finish(message);
    box.write('late');
    assert.deepEqual([edits, input.value], [1, 'feat my own']);
  });
});
