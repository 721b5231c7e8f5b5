import '../../fakes/use-vscode.ts';
import assert from 'node:assert/strict';
import { secretPlaceholder } from '../../../src/core/claude/extra-headers.ts';
import { canaryKey, canaryOfHeaders } from '../../fakes/canary-key.ts';
import { noMemory } from '../../fakes/no-memory.ts';
import { MemorySecrets } from '../../fakes/secret-storage.ts';
import { answers, calls } from '../../fakes/vscode.ts';

const { ApiKeyStore } = await import('../../../src/host/connection/api-key.ts');
const { HeaderSecretStore } = await import('../../../src/host/connection/header-secrets.ts');
const { KeyPrompt } = await import('../../../src/host/connection/key-prompt.ts');
const { Connections } = await import('../../../src/host/connection/connections.ts');
const { SettingsReader } = await import('../../../src/host/settings-reader.ts');

/** What the host is made of, with a user who answers as `answers` says, and settings for a gateway. */
export class HostParts {
  readonly secrets = new MemorySecrets();
  readonly settings = new SettingsReader();
  /** What the environment says its key is for. */
  environmentOrigin: string | null = null;
  readonly keys = new ApiKeyStore(this.secrets, canaryKey, () => this.environmentOrigin);
  readonly log = { debug: () => {}, info: () => {}, error: fail };
  readonly connections = new Connections({
    keys: this.keys,
    settings: this.settings,
    memory: noMemory,
    secrets: this.secrets,
    log: this.log,
  });
  readonly keyPrompt = new KeyPrompt({
    keys: this.keys,
    settings: this.settings,
    secrets: this.secrets,
    connections: this.connections,
  });

  /** @param written settings, beside those of the gateway */
  constructor(baseUrl: string, written: Readonly<Record<string, unknown>> = {}) {
    const settings: Readonly<Record<string, unknown>> = {
      baseUrl,
      authorization: 'x-api-key',
      headers: { 'X-Team': 'blue', 'x-gateway': `Token ${secretPlaceholder('gateway')}` },
      ...written,
    };
    this.environmentOrigin = URL.canParse(baseUrl) ? new URL(baseUrl).origin : null;
    calls.length = 0;
    answers.clear();
    answers.set('workspace.getConfiguration().get', (name: string, fallback: unknown) =>
      Object.hasOwn(settings, name) ? settings[name] : fallback,
    );
  }

  /** Stores the gateway's secret as somebody entered it for the server. */
  async storeGatewaySecret(): Promise<void> {
    const origin = this.environmentOrigin ?? '';
    await new HeaderSecretStore(this.secrets).set('gateway', canaryOfHeaders, origin);
  }
}

function fail(error: unknown): never {
  assert.fail(String(error));
}

/** What was called by this name, oldest first: what it was given. */
export function given(name: string): readonly (readonly unknown[])[] {
  return calls.filter((call) => call.name === name).map((call) => call.given);
}
