import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { settingRules } from '../../src/core/settings.ts';
import { commandIds, contextKeys } from '../../src/host/command-ids.ts';

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command: string; when?: string }[]>>;
    readonly keybindings: readonly { command: string; when?: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { default: unknown; scope: string; markdownDescription: string }>
      >;
    };
  };
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const strings = JSON.parse(readText('package.nls.json')) as Record<string, string>;
const { commands, menus, keybindings, configuration } = manifest.contributes;

describe('manifest', () => {
  it('has the commands of the code, and no other', () => {
    assert.deepEqual(
      commands.map(({ command }) => command).sort(),
      Object.values(commandIds).sort(),
    );
  });

  it('puts only its own commands into menus and on keys', () => {
    const used = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    const known: readonly string[] = Object.values(commandIds);
    assert.deepEqual(
      used.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('has the settings of the code with their defaults, and no other', () => {
    const written = Object.entries(configuration.properties).map(([name, { default: value }]) => [
      name,
      value,
    ]);
    const coded = Object.entries(settingRules).map(([name, { fallback }]) => [
      `claudeStream.${name}`,
      fallback ?? 'default',
    ]);
    assert.deepEqual(Object.fromEntries(written), Object.fromEntries(coded));
  });

  it('lets no workspace steer the network or the prompt', () => {
    const { properties } = configuration;
    for (const name of ['baseUrl', 'authorization', 'headers']) {
      assert.equal(properties[`claudeStream.${name}`]?.scope, 'machine', name);
    }
    assert.equal(properties['claudeStream.systemPrompt']?.scope, 'application');
    const open = Object.entries(properties)
      .filter(([, { scope }]) => scope === 'window')
      .map(([name]) => name);
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].sort(), open.sort());
  });

  it('starts nothing before the first command, unless a panel comes back', () => {
    assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:claudeStream.panel']);
  });

  it('binds keys only where there is something to stop or to select, or no terminal to take them', () => {
    const needs: Readonly<Record<string, string>> = {
      [commandIds.stop]: contextKeys.streaming,
      [commandIds.explainSelection]: 'editorHasSelection',
      [commandIds.ask]: '!terminalFocus',
      [commandIds.runPrompt]: '!terminalFocus',
      [commandIds.attachSelection]: 'editorHasSelection',
      [commandIds.askAboutReply]: "activeWebviewPanelId == 'claudeStream.panel'",
    };
    for (const { command, when } of keybindings) {
      assert.ok(when?.includes(needs[command] ?? 'no key of its own'), `${command}: ${when}`);
    }
  });

  it('has a text for every place that names one, and none to spare', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(named)].sort(), Object.keys(strings).sort());
  });

  it('describes every command in title case under one category', () => {
    for (const { title, category } of commands) {
      assert.equal(category, 'Claude');
      assert.match(strings[title.slice(1, -1)] ?? '', /^[A-Z]/);
    }
  });
});
