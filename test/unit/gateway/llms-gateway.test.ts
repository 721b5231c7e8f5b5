import assert from 'node:assert/strict';
import { connect } from '../../../src/core/claude/connect.ts';
import type { ReplyEvent } from '../../../src/core/claude/reply-event.ts';
import { startLlmsGateway } from '../../fakes/llms-gateway.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

describe('a gateway that we did not write', () => {
  it('streams a whole reply of a server of another vendor', async () => {
    const answer = 'Answered **twice**:\n\n1. one\n2. two 🎉\n';
    await using gateway = await startLlmsGateway(answer);
    const claude = connect({
      apiKey: 'sk-ant-unit',
      baseUrl: gateway.url,
      idleTimeoutMs: 5000,
      maxRetries: 0,
      onListenerError: (error) => assert.fail(String(error)),
    });
    const events: ReplyEvent[] = [];
    await claude.streamReply(checked({ ...anyRequest, model: gateway.model }), {
      signal: new AbortController().signal,
      emit: (event) => events.push(event),
    });
    const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
    assert.equal(text, answer);
    assert.deepEqual(events.at(-1), { type: 'outcome', outcome: { kind: 'complete' } });
    // It counts nothing, so the input is an estimate.
    const usage = events.findLast((event) => event.type === 'usage');
    assert.ok(usage?.type === 'usage' && usage.usage.inputIsEstimate && usage.usage.input > 0);
  });
});
