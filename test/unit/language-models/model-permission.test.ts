import assert from 'node:assert/strict';
import { ModelPermission } from '../../../src/host/chat/model-permission.ts';

describe('permission to use the key', () => {
  const cases: readonly [
    setting: 'ask' | 'allow' | 'off',
    says: boolean,
    given: boolean,
    asked: number,
  ][] = [
    ['allow', false, true, 0],
    ['off', true, false, 0],
    ['ask', false, false, 1],
  ];
  for (const [setting, says, given, times] of cases) {
    it(`is ${given} with “${setting}” and a user who says ${says}, asked ${times} times`, async () => {
      let asked = 0;
      const permission = new ModelPermission(
        () => setting,
        async () => {
          asked++;
          return says;
        },
      );
      // Two at once, and one later.
      assert.deepEqual(await Promise.all([permission.isGranted(), permission.isGranted()]), [
        given,
        given,
      ]);
      assert.equal(await permission.isGranted(), given);
      assert.equal(asked, times);
    });
  }

  it('ends as soon as the setting is back at “ask”', async () => {
    let setting: 'ask' | 'allow' = 'ask';
    let asked = 0;
    const permission = new ModelPermission(
      () => setting,
      async () => {
        asked++;
        setting = 'allow';
        return true;
      },
    );
    assert.equal(await permission.isGranted(), true);
    assert.equal(await permission.isGranted(), true);
    assert.equal(asked, 1);
    setting = 'ask';
    assert.equal(await permission.isGranted(), true);
    assert.equal(asked, 2);
  });

  it('is no consent for later where the setting couldn’t be written', async () => {
    let asked = 0;
    const permission = new ModelPermission(
      () => 'ask',
      async () => ++asked > 0,
    );
    assert.equal(await permission.isGranted(), true);
    assert.equal(await permission.isGranted(), true);
    assert.equal(asked, 2);
  });
});
