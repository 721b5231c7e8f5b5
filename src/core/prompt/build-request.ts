import type { ClaudeRequest, Effort } from '../claude/request.ts';
import type { Attachment, LineRange, SelectionAttachment, Surrounding } from './attachment.ts';
import { type Prompt, promptText } from './prompt.ts';

/** The settings that shape a request. */
export interface RequestSettings {
  readonly model: string;
  readonly maxTokens: number;
  readonly effort: Effort | null;
  readonly showThinking: boolean;
  /** The user's own addition to the system prompt; may be empty. */
  readonly systemPrompt: string;
}

/** Where a request stands: alone, or in a conversation that may go on. */
type ConversationContext = Pick<ClaudeRequest, 'earlier' | 'cache'>;

const noConversation: ConversationContext = { earlier: [], cache: false };

/** Prompt, attachments and settings as one request. The selected text goes whole and unchanged. */
export function buildRequest(
  prompt: Prompt,
  attachments: readonly Attachment[],
  settings: RequestSettings,
  context: ConversationContext = noConversation,
): ClaudeRequest {
  const own = getSystemPrompt(prompt);
  const added = settings.systemPrompt.trim();
  return {
    model: settings.model,
    maxTokens: settings.maxTokens,
    effort: settings.effort,
    showThinking: settings.showThinking,
    system: added === '' ? own : `${own}\n\n${added}`,
    ...context,
    userText: toUserText(prompt, attachments),
    ...pickImages(attachments),
    continuation: null,
  };
}

/** Left out where there are none. */
export function pickImages(attachments: readonly Attachment[]): Pick<ClaudeRequest, 'images'> {
  const images = attachments.flatMap((attachment) =>
    attachment.kind === 'image' ? [{ mediaType: attachment.mediaType, data: attachment.data }] : [],
  );
  return images.length === 0 ? {} : { images };
}

/** What the user's side of a turn says to the model. */
export function toUserText(prompt: Prompt, attachments: readonly Attachment[]): string {
  // The question stands last: models answer better with the material before it.
  return [...attachments.map(attachmentText), promptText(prompt)].join('\n\n');
}

function attachmentText(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'selection':
      return selectionText(attachment);
    case 'quote': {
      const { language, text } = attachment;
      const code = language === '' ? '' : ` language="${escapeAttribute(language)}"`;
      return element('quote', `from="your reply"${code}`, text);
    }
    case 'problems':
    case 'diff':
    case 'definition':
      return element(attachment.kind, `of="${escapeAttribute(attachment.label)}"`, attachment.text);
    case 'image':
      return `<image file="${escapeAttribute(attachment.file)}"/>`;
  }
}

function selectionText(attachment: SelectionAttachment): string {
  const where = `file="${escapeAttribute(attachment.file)}" language="${escapeAttribute(attachment.language)}"`;
  const context = attachment.surroundings.map((surrounding) => surroundingText(surrounding, where));
  const selection = element(
    attachment.whole ? 'file' : 'selection',
    `${where} lines="${formatLines(attachment.lines)}"`,
    attachment.text,
  );
  return [...context, selection].join('\n\n');
}

function surroundingText({ part, lines: range, text }: Surrounding, where: string): string {
  return element('context', `${where} part="${part}" lines="${formatLines(range)}"`, text);
}

/** A tag that the text can't close: code may well hold `</selection>`. */
function element(name: string, attributes: string, text: string): string {
  let tag = name;
  while (text.includes(`</${tag}>`)) tag += '_';
  return `<${tag} ${attributes}>\n${text}\n</${tag}>`;
}

function formatLines({ from, to }: LineRange): string {
  return from === to ? String(from) : `${from}-${to}`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('\n', ' ');
}

const continueInstruction =
  'Your reply was cut off in the middle. Go on exactly where it ended, beginning with the very next ' +
  'character: repeat nothing, and say nothing about the interruption. Where it ended inside a code ' +
  'block, a list or a table, go on inside it without opening it again.';

/** The same request, with the reply so far: what comes back goes on from its end. */
export function toContinueRequest(request: ClaudeRequest, textSoFar: string): ClaudeRequest {
  // Nothing to go on from is asked for again.
  if (textSoFar === '') return request;
  return { ...request, continuation: { textSoFar, instruction: continueInstruction } };
}

const panelSystemPrompt =
  'You answer questions inside a code editor. Your answer is shown as Markdown in a narrow panel ' +
  'beside the code. Start with the answer, without repeating the question. Keep paragraphs short, ' +
  'name the language of each code block, and refer to code by its line numbers where they are given.';

/** A fence marks where the code begins and ends, and models keep to it better than to none. */
const codeSystemPrompt =
  'You write text and code inside an editor. Your reply goes into a file, so it is exactly one ' +
  'fenced code block and nothing else: no words before or after it. Where its content holds fences, ' +
  'put a longer fence around it. Keep to the style of the file.';

/** What the model is told of itself, by what its reply is for. */
function getSystemPrompt({ kind }: Prompt): string {
  return kind === 'code' ? codeSystemPrompt : panelSystemPrompt;
}
