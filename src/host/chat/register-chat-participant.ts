import * as vscode from 'vscode';
import { later } from '../register-later.ts';
import type { ChatParticipant, ChatParticipantParts } from './chat-participant.ts';

/** As package.json's `chatParticipants` has it; VS Code activates us by it when it is asked. */
const participantId = 'claude-stream.claude';

/** `@claude` in VS Code's own chat; loaded with the first question there. */
export function registerChatParticipant(parts: () => ChatParticipantParts): vscode.Disposable {
  let loaded: Promise<ChatParticipant> | undefined;
  const answering = (): Promise<ChatParticipant> => {
    loaded ??= import('./chat-participant.ts').then((chunk) => new chunk.ChatParticipant(parts()));
    return loaded;
  };
  // Editors made from VS Code without its chat have no such thing.
  const participant = vscode.chat?.createChatParticipant?.(
    participantId,
    async (request, context, response, token) =>
      (await answering()).answer(request, context, response, token),
  );
  if (participant === undefined) return new vscode.Disposable(() => {});
  const describing = later(() => {
    participant.iconPath = new vscode.ThemeIcon('sparkle');
    participant.followupProvider = {
      provideFollowups: async (result) => (await answering()).followups(result),
    };
  });
  return vscode.Disposable.from(describing, participant);
}
