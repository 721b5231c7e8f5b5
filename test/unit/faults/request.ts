import type { ClaudeRequest } from '../../../src/core/claude/request.ts';
import { model } from '../../fakes/fault-server/message.ts';

export const apiKey = 'sk-ant-unit';

export const request: ClaudeRequest = {
  model,
  maxTokens: 1000,
  effort: null,
  system: 'system',
  userText: 'question',
  continuation: null,
};
