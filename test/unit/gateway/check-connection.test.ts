import assert from 'node:assert/strict';
import { testRequest } from '../../../src/core/check/check-streaming.ts';
import type { Receipt } from '../../../src/core/usage/receipt.ts';
import { canaryKey, canaryOfHeaders } from '../../fakes/canary-key.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { checked } from '../../fakes/request.ts';
import { answers } from '../../fakes/vscode.ts';
import { given, HostParts } from './host-parts.ts';

const { ConnectionCheck } = await import('../../../src/host/connection/check-connection.ts');

interface Shown {
  readonly message: string;
  readonly buttons: readonly string[];
}

describe('Check Connection', () => {
  let simulator: Simulator;
  let mayCost: boolean;
  /** The buttons of the message at the end; the last of them with this label is pressed. */
  let press: string | undefined;
  let ended: Promise<Shown>;
  /** The dialog that asks whether it may cost. */
  let asked: string[];
  /** What goes into the ledger. */
  let receipts: Receipt[];

  beforeEach(async () => {
    simulator = await startSimulator(say('Hello.'));
    mayCost = true;
    press = undefined;
    asked = [];
    receipts = [];
  });
  afterEach(() => simulator[Symbol.asyncDispose]());

  /** The whole command, and the report that it shows. */
  async function check(
    written: Readonly<Record<string, unknown>> = {},
    hasSecret = true,
    isCancelled = false,
  ): Promise<string> {
    const host = new HostParts(simulator.url, written);
    if (hasSecret) await host.storeGatewaySecret();
    const told = Promise.withResolvers<Shown>();
    ended = told.promise;
    const tell = (message: string, ...buttons: readonly string[]): Promise<string | undefined> => {
      told.resolve({ message, buttons });
      return Promise.resolve(press);
    };
    answers.set('window.showWarningMessage', tell);
    answers.set('window.showInformationMessage', (message: string, ...rest: readonly unknown[]) => {
      const [options, ...buttons] = rest;
      if (typeof options === 'string') return tell(message, options, ...buttons.map(String));
      asked.push(JSON.stringify(options));
      return Promise.resolve(mayCost ? buttons[0] : undefined);
    });
    answers.set('window.withProgress', (_options: object, run: Progress) =>
      run(
        { report: () => {} },
        {
          onCancellationRequested: (cancel) => {
            if (isCancelled) cancel();
            return { dispose: () => {} };
          },
        },
      ),
    );
    let provide = (): string => '';
    answers.set(
      'workspace.registerTextDocumentContentProvider',
      (_: string, provider: Provider) => {
        provide = () => provider.provideTextDocumentContent();
        return { dispose: () => {} };
      },
    );
    const { model } = host.settings.read();
    const preflight = { connectionTest: () => checked(testRequest(model)) };
    const command = new ConnectionCheck({
      ...host,
      preflight,
      version: '1.2.3',
      runtime: 'node',
      recordReply: (_, receipt) => receipts.push(receipt),
    });
    await command.run();
    command.dispose();
    return provide();
  }

  it('shows what it found, asks before it costs, and copies the report', async () => {
    press = 'Copy Report';
    const report = await check();
    const { message, buttons } = await ended;
    assert.equal(message, 'What was looked at works.');
    assert.deepEqual(buttons, ['Copy Report']);
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? '', /at most 300 tokens is asked for: \$0\.0\d+ at the most/);
    assert.match(report, /## ✓ Streaming/);
    assert.equal(receipts.length, 1, 'the test’s reply is in the ledger');
    assert.match(report, /Claude Stream 1\.2\.3 · VS Code 1\.106\.0/);
    assert.deepEqual(given('env.clipboard.writeText'), [[report]]);
    for (const secret of [canaryKey, canaryOfHeaders, 'blue']) assert.ok(!report.includes(secret));
  });

  it('goes without the streaming where it may not cost', async () => {
    mayCost = false;
    assert.match(await check(), /## – Streaming/);
    assert.equal(simulator.messages.length, 0);
    assert.deepEqual(receipts, []);
  });

  const help: readonly (readonly [
    string,
    Readonly<Record<string, unknown>>,
    boolean,
    string,
    string,
  ])[] = [
    ['a model that isn’t there', { model: 'claude-nobody-1' }, true, 'Choose Model', 'chooseModel'],
    ['a secret that is missing', {}, false, 'Set Header Secret', 'setHeaderSecret'],
  ];
  for (const [name, written, hasSecret, label, command] of help) {
    it(`offers what helps with ${name}`, async () => {
      press = label;
      await check(written, hasSecret);
      const { message, buttons } = await ended;
      assert.match(message, /^Failed at “/);
      assert.deepEqual(buttons, [label, 'Copy Report']);
      assert.deepEqual(given('commands.executeCommand').at(-1), [`claudeStream.${command}`]);
    });
  }

  it('shows nothing once it is cancelled, and sends nothing', async () => {
    assert.equal(await check({}, true, true), '');
    assert.deepEqual(given('window.showTextDocument'), []);
    assert.equal(simulator.requests.length, 0);
  });
});

type Progress = (
  progress: { readonly report: () => void },
  token: { readonly onCancellationRequested: (cancel: () => void) => { dispose(): void } },
) => unknown;

interface Provider {
  provideTextDocumentContent(): string;
}
