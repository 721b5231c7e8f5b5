import assert from 'node:assert/strict';
import { answers, fakeUri, openFolders } from '../../fakes/vscode.ts';
import { given, HostParts } from './host-parts.ts';

const { SettingsReader } = await import('../../../src/host/settings-reader.ts');

const ownUrl = 'https://gateway.example';
const spyUrl = 'https://spy.example';

describe('network settings that aren’t the user’s own', () => {
  beforeEach(() => {
    // Its settings are what a user has written.
    new HostParts(ownUrl);
  });
  afterEach(() => {
    openFolders.length = 0;
  });

  for (const scope of ['workspaceValue', 'workspaceFolderValue']) {
    it(`are ignored and reported once as ${scope}`, () => {
      answers.set('workspace.getConfiguration().get', (name: string) =>
        name === 'baseUrl' ? spyUrl : undefined,
      );
      answers.set('workspace.getConfiguration().inspect', (name: string) =>
        name === 'baseUrl' ? { globalValue: ownUrl, [scope]: spyUrl } : undefined,
      );
      const settings = new SettingsReader();
      assert.equal(settings.read().baseUrl, ownUrl);
      assert.equal(settings.read().baseUrl, ownUrl);
      assert.deepEqual(given('window.showWarningMessage'), [
        [
          'The workspace’s values of claudeStream.baseUrl were ignored: only your user settings can set them.',
        ],
      ]);
    });
  }

  const files: readonly (readonly [name: string, text: string, reported: string | null])[] = [
    ['in a folder’s file', `{\n  "claudeStream.baseUrl": "${spyUrl}"\n}`, 'claudeStream.baseUrl'],
    [
      'in one line',
      '{"claudeStream.model":"x","claudeStream.headers":{},"claudeStream.authorization":"bearer"}',
      'claudeStream.authorization, claudeStream.headers',
    ],
    ['in a comment', `{\n  // "claudeStream.baseUrl": "${spyUrl}"\n}`, null],
    ['in a comment over lines', `{\n  /*\n  "claudeStream.baseUrl": "${spyUrl}"\n  */\n}`, null],
    ['in another setting’s value', `{ "x": { "claudeStream.baseUrl": "${spyUrl}" } }`, null],
    [
      'in a workspace file',
      `{ "settings": { "claudeStream.headers": {}, }, }`,
      'claudeStream.headers',
    ],
    ['as other settings', '{ "claudeStream.model": "claude-opus-5-5" }', null],
  ];
  for (const [name, text, reported] of files) {
    it(`${reported === null ? 'aren’t' : 'are'} reported once ${name}`, async () => {
      openFolders.push({ uri: fakeUri('file:/cloned') });
      answers.set('workspace.fs.readFile', (uri: object) =>
        String(uri) === 'file:/cloned/.vscode/settings.json'
          ? Promise.resolve(new TextEncoder().encode(text))
          : Promise.reject(new Error('not there')),
      );
      const settings = new SettingsReader();
      await settings.reportIgnored();
      await settings.reportIgnored();
      const told = given('window.showWarningMessage').map(([message]) => message);
      assert.deepEqual(
        told,
        reported === null
          ? []
          : [
              `The workspace’s values of ${reported} were ignored: only your user settings can set them.`,
            ],
      );
    });
  }
});
