import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Conversation, type Turn } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';

import type { SourceView, ToWebview } from '../../../src/core/protocol/to-webview.ts';
import { calls, openDocuments } from '../../fakes/vscode.ts';

const { SourceTracker } = await import('../../../src/host/editor/source-tracker.ts');

const uri = 'file:///src/a.ts';

/** As much of a document as anchors read. */
class Document {
  readonly uri = { toString: (): string => uri };
  readonly eol = 1;
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  getText(): string {
    return this.text;
  }
}

/** What VS Code calls when such a thing happens. */
function listener(name: string): (event: unknown) => void {
  const {
    given: [heard],
  } = calls.find((call) => call.name === name) ?? assert.fail(name);
  assert.ok(typeof heard === 'function');
  return (event) => heard(event);
}

describe('anchors', () => {
  let conversation: Conversation;
  let posted: ToWebview[];
  let anchors: InstanceType<typeof SourceTracker>;
  const start = (): void => {
    calls.length = 0;
    anchors = new SourceTracker(conversation, (message) => posted.push(message));
  };

  beforeEach(() => {
    openDocuments.length = 0;
    posted = [];
    conversation = new Conversation(() => 0);
    start();
  });
  afterEach(() => anchors.dispose());

  function ask(at: string | null = uri): Turn {
    const turn: Turn = {
      after: conversation.branch.at(-1)?.reply.id ?? null,
      prompt: { kind: 'explain' },
      attachments: [
        {
          kind: 'selection',
          file: 'src/a.ts',
          language: 'typescript',
          lines: { from: 2, to: 2 },
          text: 'two',
          surroundings: [],
          uri: at ?? undefined,
        },
      ],
      reply: new Reply(crypto.randomUUID(), 'm', 0),
    };
    conversation.add(turn);
    return turn;
  }

  function open(text: string): Document {
    const document = new Document(text);
    openDocuments.push(document as unknown as vscode.TextDocument);
    return document;
  }

  /** The user replaces `removed` characters at `at`. */
  function edit(document: Document, at: number, removed: number, text: string): void {
    document.text = document.text.slice(0, at) + text + document.text.slice(at + removed);
    listener('workspace.onDidChangeTextDocument')({
      document,
      contentChanges: [{ rangeOffset: at, rangeLength: removed, text }],
    });
  }

  function shown(): SourceView | undefined {
    const told = posted.findLast((message) => message.type === 'sources');
    return told?.type === 'sources' ? told.sources[0] : undefined;
  }
  const source = (label: string, stale = false): SourceView => ({ label, opens: true, stale });

  it('follow the edits of a document', () => {
    const document = open('one\ntwo\nthree\n');
    ask();
    assert.deepEqual(shown(), source('src/a.ts:2'));
    edit(document, 0, 0, 'zero\n');
    assert.deepEqual(shown(), source('src/a.ts:3'));
    edit(document, document.text.length, 0, 'four\n');
    assert.deepEqual(shown(), source('src/a.ts:3'));
  });

  it('are stale while the text is another, and not once it is the same again', () => {
    const document = open('one\ntwo\nthree\n');
    ask();
    edit(document, 5, 1, 'W');
    assert.deepEqual(shown(), source('src/a.ts:2', true));
    edit(document, 5, 1, 'w');
    assert.deepEqual(shown(), source('src/a.ts:2'));
  });

  it('follow text that is cut out here and put in there', () => {
    const document = open('one\ntwo\nthree\n');
    ask();
    edit(document, 4, 4, '');
    assert.equal(shown()?.stale, true);
    edit(document, document.text.length, 0, 'two\n');
    assert.deepEqual(shown(), source('src/a.ts:3'));
  });

  it('stay where they are when the same text stands elsewhere by chance', () => {
    const document = open('one\ntwo\nthree\ntwo\n');
    ask();
    edit(document, 4, 3, 'TWO');
    assert.deepEqual(shown(), source('src/a.ts:2', true));
  });

  it('tell again only what has changed', () => {
    const document = open('one\ntwo\nthree\n');
    ask();
    posted = [];
    edit(document, document.text.length, 0, 'four\n');
    assert.deepEqual(posted, []);
  });

  it('look for the text once its document is opened', () => {
    ask();
    assert.deepEqual(shown(), source('src/a.ts:2'));
    const document = open('new\nnewer\none\ntwo\nthree\n');
    listener('workspace.onDidOpenTextDocument')(document);
    assert.deepEqual(shown(), source('src/a.ts:4'));
  });

  it('look for the text again after a reload, and say where it is gone', () => {
    ask();
    anchors.dispose();
    open('one\nTWO\nthree\n');
    start();
    anchors.postAll();
    assert.deepEqual(shown(), source('src/a.ts:2', true));
  });

  it('say nothing where there is nothing to go back to', () => {
    ask(null);
    assert.deepEqual(posted, []);
  });
});
