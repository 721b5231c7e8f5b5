import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chatPrompt } from '../../src/core/prompt/built-in-prompts.ts';
import { networkSettings, settingRules } from '../../src/core/settings.ts';
import {
  chatParticipantId,
  commandIds,
  contextKeys,
  historyView,
  modelVendor,
  panelViewType,
  privacyStep,
  walkthrough,
} from '../../src/host/command-ids.ts';
import { english } from '../fakes/english.ts';

const root = new URL('../../', import.meta.url);
const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly extensionKind: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly submenus: readonly { id: string; label: string }[];
    readonly menus: Readonly<
      Record<string, readonly { command?: string; submenu?: string; when?: string }[]>
    >;
    readonly keybindings: readonly { command: string; when?: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly chatParticipants: readonly { id: string; commands: readonly { name: string }[] }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly languageModelChatProviders: readonly { vendor: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          Readonly<Record<string, unknown>> & {
            default: unknown;
            scope: string;
            ignoreSync?: boolean;
          }
        >
      >;
    };
  };
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const strings = JSON.parse(readText('package.nls.json')) as Record<string, string>;
const { commands, menus, submenus, keybindings, configuration } = manifest.contributes;

describe('manifest', () => {
  it('has the commands of the code, and no other', () => {
    assert.deepEqual(
      commands.map(({ command }) => command).sort(),
      Object.values(commandIds).sort(),
    );
  });

  it('puts only its own commands into menus and on keys', () => {
    const entries: readonly { readonly command?: string }[] = [
      ...Object.values(menus).flat(),
      ...keybindings,
    ];
    const used = entries.flatMap(({ command }) => command ?? []);
    const known: readonly string[] = Object.values(commandIds);
    assert.deepEqual(
      used.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('names Claude in the first level of the editor’s context menu, with the rest in a submenu', () => {
    const [explain, submenu, ...others] = menus['editor/context'] ?? [];
    assert.equal(explain?.command, commandIds.explainWithClaude);
    assert.equal(strings['command.explainWithClaude'], 'Explain with Claude');
    assert.deepEqual(submenus, [{ id: submenu?.submenu, label: 'Claude' }]);
    assert.deepEqual(others, []);
    const inside = menus[submenu?.submenu ?? ''] ?? [];
    assert.equal(inside[0]?.command, commandIds.explainSelection);
    const hidden = menus['commandPalette']?.filter(({ when }) => when === 'false');
    assert.ok(hidden?.some(({ command }) => command === commandIds.explainWithClaude));
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
    // A `machine` scope is read from the remote machine, where a repository's devcontainer.json writes.
    for (const name of networkSettings) {
      const { scope, ignoreSync } = properties[`claudeStream.${name}`] ?? {};
      assert.deepEqual({ scope, ignoreSync }, { scope: 'application', ignoreSync: true }, name);
    }
    const scopes = new Set(Object.values(properties).map(({ scope }) => scope));
    assert.deepEqual([...scopes].sort(), ['application', 'window']);
    assert.equal(properties['claudeStream.systemPrompt']?.scope, 'application');
    const open = Object.entries(properties)
      .filter(([, { scope }]) => scope === 'window')
      .map(([name]) => name);
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].sort(), open.sort());
  });

  it('runs in a browser as on a machine, in virtual workspaces and in those that aren’t trusted', () => {
    const { main, browser, extensionKind, capabilities } = manifest;
    assert.deepEqual([main, browser], ['./dist/extension.cjs', './dist/web.cjs']);
    // `web` comes by itself with the browser's entry; first comes whoever has the key and the network.
    assert.deepEqual(extensionKind, ['ui', 'workspace']);
    assert.equal(capabilities.virtualWorkspaces, true);
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.ok((strings['untrustedWorkspaces'] ?? '').length > 0);
  });

  it('starts nothing before the first command, unless a panel comes back', () => {
    assert.deepEqual(manifest.activationEvents, [`onWebviewPanel:${panelViewType}`]);
  });

  it('has the view and the chat participant of the code, and no other', () => {
    const { views, chatParticipants } = manifest.contributes;
    const ids = Object.values(views).flat();
    assert.deepEqual(
      [...ids, ...chatParticipants].map(({ id }) => id),
      [historyView, chatParticipantId],
    );
  });

  it('offers its models under the vendor of the code', () => {
    const [provider] = manifest.contributes.languageModelChatProviders;
    assert.equal(provider?.vendor, modelVendor);
  });

  it('has a prompt for each command of the chat participant', () => {
    const [participant] = manifest.contributes.chatParticipants;
    const names = participant?.commands.map(({ name }) => name) ?? [];
    assert.ok(names.length > 0);
    for (const name of names) assert.notEqual(chatPrompt(name, '', english), null, name);
    assert.equal(chatPrompt('no such command', '', english), null);
  });

  it('leads through the first minutes by commands, context keys and pictures that exist', () => {
    const [{ id, steps } = assert.fail('no walkthrough')] = manifest.contributes.walkthroughs;
    assert.equal(walkthrough, `claude-stream.claude-stream#${id}`);
    assert.ok(steps.some((step) => step.id === privacyStep));
    const known: readonly string[] = Object.values(commandIds);
    for (const { description, media, completionEvents } of steps) {
      assert.ok(existsSync(new URL(media.svg, root)), media.svg);
      const text = strings[description.slice(1, -1)] ?? '';
      const run = [...text.matchAll(/\(command:([^)?]+)/g)].map(([, command = '']) => command);
      const completing = completionEvents.flatMap(
        (event) => /^onCommand:(.+)/.exec(event)?.[1] ?? [],
      );
      for (const command of [...run, ...completing]) {
        assert.ok(known.includes(command) || command.startsWith('workbench.'), command);
      }
      const keys: readonly string[] = Object.values(contextKeys);
      for (const event of completionEvents) {
        const key = /^onContext:(.+)/.exec(event)?.[1];
        assert.ok(key === undefined || keys.includes(key), event);
      }
    }
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
    const small = /^(?:a|about|an|and|at|in|into|of|on|or|the|to|with)$/;
    for (const { title, category } of commands) {
      assert.equal(category, 'Claude');
      const [first = '', ...others] = (strings[title.slice(1, -1)] ?? '').split(' ');
      const capital = [first, ...others.filter((word) => !small.test(word))];
      for (const word of capital) assert.match(word, /^\p{Lu}[\p{L}-]*…?$/u, title);
    }
  });

  it('says of every setting what it is, whose it is and what it may be', () => {
    for (const [name, setting] of Object.entries(configuration.properties)) {
      const { type, scope, markdownDescription } = setting;
      assert.match(String(markdownDescription), /^%setting\./, name);
      assert.match(scope, /^(?:window|machine|application)$/, name);
      const limits = ['enum', 'minimum', 'pattern', 'additionalProperties', 'editPresentation'];
      assert.ok(type === 'boolean' || limits.some((limit) => limit in setting), name);
    }
  });
});
