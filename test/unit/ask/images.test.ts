import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Turn } from '../../../src/core/conversation/conversation.ts';
import { Reply } from '../../../src/core/conversation/reply.ts';
import type { ImageAttachment, QuoteAttachment } from '../../../src/core/prompt/attachment.ts';
import {
  noContext,
  type Question,
  type RequestContext,
} from '../../../src/core/prompt/question.ts';
import { defaultSettings } from '../../fakes/settings.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { Preflight } = await import('../../../src/host/ask/preflight.ts');

const image: ImageAttachment = {
  kind: 'image',
  file: 'shot.png',
  mediaType: 'image/png',
  data: 'QUJD',
  language: '',
  text: '',
};
const quote: QuoteAttachment = { kind: 'quote', language: '', text: 'words' };
const about = (...attachments: Question['attachments']): Question => ({
  prompt: { kind: 'free', text: 'What is this?' },
  attachments,
});

describe('images, before a question is sent', () => {
  /** What the models are known to take; the others aren’t known. */
  const takesImages: Readonly<Record<string, boolean>> = { sees: true, blind: false };
  let chosen: string;
  let before: readonly Turn[];
  beforeEach(() => {
    chosen = 'blind';
    before = [];
    calls.length = 0;
    answers.clear();
  });

  const preflight = (): InstanceType<typeof Preflight> =>
    new Preflight({
      connections: {
        getCapabilities: (model) => {
          const known = takesImages[model];
          return known === undefined
            ? null
            : { effort: [], summarisesThinking: false, takesImages: known };
        },
      },
      keyPrompt: {
        ensureKey: async () => true,
        open: async () => ({ listModels: async () => ({ ok: true, value: [] }) }),
      },
      settings: { read: () => ({ ...defaultSettings, model: chosen }) },
      spending: {
        budget: {
          confirmRequests: async () => [],
          confirmInput: async () => ({ release: () => {} }),
        },
      },
    });
  /** The question as it may be asked; null where it isn't to be. */
  const pass = async (
    question: Question,
    by = preflight(),
    ...contexts: readonly RequestContext[]
  ): Promise<Question | null> => {
    const [context = { ...noContext, before }, ...others] = contexts;
    const checked = await by.check(question, context, ...others);
    return checked === null ? null : checked.question;
  };
  const warnings = (): readonly (readonly unknown[])[] =>
    calls.filter(({ name }) => name === 'window.showWarningMessage').map(({ given }) => given);
  /** The user presses these, in turn. */
  const press = (...buttons: readonly string[]): void => {
    const left = [...buttons];
    answers.set('window.showWarningMessage', () => Promise.resolve(left.shift()));
  };
  /** The user chooses this from the list of models. */
  const choose = (model: string): void => {
    answers.set('window.createQuickPick', () => ({
      selectedItems: [{ modelId: model }],
      show: () => {},
      dispose: () => {},
      onDidChangeValue: () => {},
      onDidHide: () => {},
      onDidAccept: (accept: () => void) => accept(),
    }));
    answers.set('workspace.getConfiguration().update', (_name: string, value: string) => {
      chosen = value;
      return Promise.resolve();
    });
  };

  for (const model of ['sees', 'nobody knows']) {
    it(`go to a model that ${model}`, async () => {
      chosen = model;
      const question = about(image);
      assert.deepEqual(await pass(question), question);
      assert.deepEqual(warnings(), []);
    });
  }

  it('don’t go to one that takes none: they are named, with what can be done', async () => {
    press();
    assert.equal(await pass(about(quote, image)), null);
    assert.deepEqual(warnings(), [
      [
        'blind takes no images.',
        { modal: true, detail: 'shot.png' },
        'Choose Another Model',
        'Send Without Images',
      ],
    ]);
  });

  it('are left out where the user wants that', async () => {
    press('Send Without Images');
    assert.deepEqual(await pass(about(quote, image)), about(quote));
    assert.equal(warnings().length, 1);
  });

  it('go to another model that the user chooses, for all that is asked from then on', async () => {
    press('Choose Another Model');
    choose('sees');
    assert.deepEqual(await pass(about(image)), about(image));
    assert.equal(chosen, 'sees');
  });

  it('go to another model for this question, where it was asked of one of its own', async () => {
    chosen = 'sees';
    press('Choose Another Model');
    choose('unknown');
    const asked = { ...about(image), model: 'blind' };
    assert.deepEqual(await pass(asked), { ...asked, model: 'unknown' });
    assert.equal(chosen, 'sees');
  });

  it('stay where no other model is chosen', async () => {
    press('Choose Another Model');
    choose('blind');
    assert.equal(await pass(about(image)), null);
  });

  it('are told of once where they are those of earlier questions', async () => {
    const reply = new Reply('r1', 'sees', 0);
    reply.apply({ type: 'text', text: 'So' }, 1);
    before = [{ after: null, ...about(image), reply }];
    press('Send Without Images');
    const same = preflight();
    for (let count = 0; count < 2; count++) {
      assert.deepEqual(await pass(about(quote), same), about(quote));
    }
    assert.deepEqual(
      warnings().map(([, options]) => options),
      [{ modal: true, detail: 'images of earlier questions' }],
    );
  });

  it('are told of too where a question is asked again, and what else was agreed to isn’t', async () => {
    const secret: QuoteAttachment = {
      ...quote,
      text: `key ${['ghp', 'k3Vt9QzR7mWb2XcN8dLs4HfJ6gPw5TvK2bRq'].join('_')}`,
    };
    press('Send Without Images');
    const checked = await preflight().recheck(about(secret, image), noContext);
    assert.deepEqual(checked?.question, about(secret));
    assert.equal(warnings().length, 1);
  });

  it('of two models that are compared, one of which takes none, go to neither or not at all', async () => {
    press('Send Without Images');
    const both = [noContext, { ...noContext, model: 'sees' }];
    assert.deepEqual(await pass(about(image), preflight(), ...both), about());
    assert.deepEqual(warnings()[0]?.slice(2), ['Send Without Images']);
  });
});
