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
    // The setting doesn't keep the yes: it couldn't be written, or was set back.
    ['ask', true, true, 2],
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

  it('ends at once when the setting goes back from allow to ask', async () => {
    let setting: 'ask' | 'allow' = 'ask';
    const answers = [true, false];
    const permission = new ModelPermission(
      () => setting,
      async () => {
        const isAllowed = answers.shift() ?? false;
        if (isAllowed) setting = 'allow';
        return isAllowed;
      },
    );
    assert.equal(await permission.isGranted(), true);
    setting = 'ask';
    assert.equal(await permission.isGranted(), false);
    // Who said no isn't asked again in this window.
    assert.equal(await permission.isGranted(), false);
    assert.deepEqual(answers, []);
  });

  it('isn’t given where the setting can’t be written, and is asked for again', async () => {
    let asked = 0;
    const permission = new ModelPermission(
      () => 'ask',
      async () => {
        if (++asked === 1) throw new Error('EACCES');
        return true;
      },
    );
    await assert.rejects(permission.isGranted(), /EACCES/);
    assert.equal(await permission.isGranted(), true);
  });
});
