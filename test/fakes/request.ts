import { type CheckedRequest, RequestSealer } from '../../src/core/claude/checked-request.ts';
import type { ClaudeRequest } from '../../src/core/claude/request.ts';

/** A question like any other, for tests in which it doesn't matter what is asked. */
export const anyRequest: ClaudeRequest = {
  model: 'claude-sonnet-5-5',
  maxTokens: 1000,
  effort: null,
  showThinking: false,
  system: 'system',
  earlier: [],
  userText: 'question',
  cache: false,
  continuation: null,
};

/** Lets a request through without looking: these tests are about what comes after preflight. */
class TestSealer extends RequestSealer {
  pass(request: ClaudeRequest): CheckedRequest {
    return this.seal(request);
  }
}

export const checked = (request: ClaudeRequest): CheckedRequest => new TestSealer().pass(request);
