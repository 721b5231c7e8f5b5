import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import { Conversation } from '../../../src/core/conversation/conversation.ts';
import { Emitter } from '../../../src/core/emitter.ts';
import type { ImageAttachment, QuoteAttachment } from '../../../src/core/prompt/attachment.ts';
import { ComposerAttachments } from '../../../src/host/panel/composer-attachments.ts';
import { defaultSettings } from '../../fakes/settings.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { ComposerImageCheck } = await import('../../../src/host/panel/composer-model.ts');

const image: ImageAttachment = {
  kind: 'image',
  file: 'shot.png',
  mediaType: 'image/png',
  data: 'QUJD',
  language: '',
  text: '',
};
const quote: QuoteAttachment = { kind: 'quote', language: '', text: 'words' };

describe('an image in the composer', () => {
  let model: string;
  let known: Readonly<Record<string, boolean>>;
  let attachments: ComposerAttachments;
  let images: InstanceType<typeof ComposerImageCheck>;
  let changeSettings: (change: object) => void;
  let learned: Emitter<void>;
  beforeEach(() => {
    model = 'blind';
    known = { sees: true, blind: false, 'also blind': false };
    calls.length = 0;
    answers.clear();
    answers.set('workspace.onDidChangeConfiguration', (listener: typeof changeSettings) => {
      changeSettings = listener;
      return { dispose: () => {} };
    });
    attachments = new ComposerAttachments();
    learned = new Emitter<void>();
    images = new ComposerImageCheck(new Conversation(() => 0), attachments, {
      settings: { read: () => ({ ...defaultSettings, model }) },
      connections: {
        onDidLearnCapabilities: learned.event,
        getCapabilities: (id) => {
          const takesImages = known[id];
          return takesImages === undefined
            ? null
            : { effort: [], summarisesThinking: false, takesImages };
        },
      },
    });
  });
  afterEach(() => {
    images.dispose();
    answers.clear();
  });

  function choose(other: string): void {
    model = other;
    changeSettings({ affectsConfiguration: () => true });
  }
  const faults = (): readonly (string | null)[] =>
    attachments.chips({ t: (words) => words }).map(({ fault }) => fault);
  const told = (): readonly unknown[] =>
    calls.filter(({ name }) => name === 'window.showWarningMessage').map(({ given }) => given);
  const offer = ['blind takes no images.', 'Choose Another Model', 'Leave Images Out'];
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('is marked at once where the model takes none, and told with what can be done', () => {
    attachments.add([quote, image]);
    assert.deepEqual(faults(), [null, 'blind takes no images.']);
    assert.deepEqual(told(), [offer]);
  });

  it('is told once, and again for another image or another model', () => {
    attachments.add([image]);
    attachments.add([quote]);
    assert.equal(told().length, 1);
    attachments.add([{ ...image, file: 'other.png' }]);
    choose('also blind');
    assert.deepEqual(told().length, 3);
    assert.equal(faults()[0], 'also blind takes no images.');
  });

  it('is taken by a model that takes some, and by one that isn’t known', () => {
    for (const other of ['sees', 'unknown']) {
      choose(other);
      attachments.add([image]);
      assert.deepEqual(faults(), [null], other);
    }
    assert.deepEqual(told(), []);
  });

  it('is marked when the model is switched to one that takes none', () => {
    choose('sees');
    attachments.add([image]);
    choose('blind');
    assert.deepEqual(faults(), ['blind takes no images.']);
    assert.deepEqual(told(), [offer]);
    choose('sees');
    assert.deepEqual(faults(), [null]);
  });

  it('is marked when it is learned that the model takes none', () => {
    choose('new');
    attachments.add([image]);
    known = { new: false };
    learned.fire();
    assert.deepEqual(faults(), ['new takes no images.']);
  });

  it('leaves where the user wants that, alone', async () => {
    answers.set('window.showWarningMessage', () => Promise.resolve('Leave Images Out'));
    attachments.add([quote, image]);
    await settled();
    assert.deepEqual(attachments.list, [quote]);
  });

  it('stays where the user wants another model, which is then chosen', async () => {
    answers.set('window.showWarningMessage', () => Promise.resolve('Choose Another Model'));
    attachments.add([image]);
    await settled();
    assert.deepEqual(
      calls.filter(({ name }) => name === 'commands.executeCommand').map(({ given }) => given),
      [['claudeStream.chooseModel']],
    );
    assert.deepEqual(attachments.list, [image]);
  });
});
