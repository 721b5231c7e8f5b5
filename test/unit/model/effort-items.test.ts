import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import type { Capabilities } from '../../../src/core/claude/model.ts';

const { effortItems } = await import('../../../src/host/connection/choose-effort.ts');

describe('the levels of effort to choose from', () => {
  const asked = { model: 'claude-opus-5-5', effort: 'high', showThinking: false } as const;
  const own = 'The Model’s Default (medium)';
  const medium = 'Medium (the default of claude-opus-5-5)';
  const summary = 'Show a Summary of the Thinking (off)';
  const cases: readonly [name: string, can: Capabilities | null, rows: readonly string[]][] = [
    [
      'are those that the model takes',
      { effort: ['low', 'medium', 'high'], summarisesThinking: true, takesImages: true },
      [own, 'Low', medium, '$(check) High', 'Thinking', summary],
    ],
    [
      'are all where it isn’t known what the model takes',
      null,
      [own, 'Low', medium, '$(check) High', 'Extra High', 'Maximum', 'Thinking', summary],
    ],
    [
      'are none where the model takes none',
      { effort: [], summarisesThinking: true, takesImages: true },
      ['Thinking', summary],
    ],
    [
      'come without thinking where the model can’t summarise it',
      { effort: ['low'], summarisesThinking: false, takesImages: true },
      [own, 'Low'],
    ],
  ];
  for (const [name, can, rows] of cases) {
    it(name, () => {
      const words = effortItems(asked, can).map(({ label, description = '' }) =>
        description === '' ? label : `${label} (${description})`,
      );
      assert.deepEqual(words, rows);
    });
  }

  it('have a default that is chosen, and none that isn’t known', () => {
    const [first] = effortItems({ ...asked, model: 'a-new-model', effort: null }, null);
    assert.equal(first?.label, '$(check) The Model’s Default');
    assert.equal(first?.description, '');
  });

  it('come with a switch for the summary of the thinking', () => {
    const last = effortItems({ ...asked, showThinking: true }, null).at(-1);
    assert.equal(last?.description, 'on');
    assert.deepEqual(last?.setting, { name: 'showThinking', value: false });
  });
});
