import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CheckedRequest, CountableRequest } from '../../../src/core/claude/checked-request.ts';
import type { Claude } from '../../../src/core/claude/claude.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

/** Never called: the compiler checks that each of these fails, and that the last line doesn't. */
function compiles(claude: Claude, { signal }: AbortController, countable: CountableRequest): void {
  const options = { signal, emit: () => {} };
  const plain = anyRequest;
  // @ts-expect-error a plain request isn't checked
  void claude.streamReply(plain, options);
  // @ts-expect-error nor is it in a list
  void claude.answerAll([plain], { ...options, concurrency: 1 });
  // @ts-expect-error nor in a batch
  void claude.batches.create([{ id: 'a', request: plain }], signal);
  // @ts-expect-error nor may it be counted
  void claude.countInput(plain, signal);
  // @ts-expect-error what may be counted may not be sent
  void claude.streamReply(countable, options);
  // @ts-expect-error a copy of a checked request isn't checked
  void claude.streamReply({ ...checked(plain) }, options);
  // @ts-expect-error a cast doesn't make it checked
  void claude.streamReply(plain as CheckedRequest, options);
  // @ts-expect-error nobody else has the seal
  void claude.streamReply(new CheckedRequest(plain, Symbol('seal')), options);
  // @ts-expect-error nobody else has the seal
  void claude.countInput(new CountableRequest(plain, Symbol('seal')), signal);
  void claude.countInput(checked(plain), signal);
}

describe('a checked request', () => {
  it('is the only thing that compiles as something to send', () => {
    assert.equal(compiles.length, 3);
  });

  it('is made by preflight alone', () => {
    const root = join(import.meta.dirname, '../../../src');
    const makers = globSync('**/*.ts', { cwd: root }).filter((file) =>
      /\bRequestSealer\b/.test(readFileSync(join(root, file), 'utf8')),
    );
    const names = makers.map((file) => file.split('/').at(-1)).toSorted();
    assert.deepEqual(names, ['checked-request.ts', 'preflight.ts']);
  });

  it('loses what its model can’t do, and nothing else', () => {
    const asked = checked({ ...anyRequest, effort: 'max', showThinking: true });
    const can = { effort: [], summarisesThinking: false, takesImages: true };
    const { fitted, withoutEffort } = asked.fitTo(can);
    assert.ok(fitted instanceof CheckedRequest);
    assert.deepEqual(fitted.request, anyRequest);
    assert.equal(withoutEffort, 'max');
  });
});
