import assert from 'node:assert/strict';
import fc from 'fast-check';
import { connect } from '../../../src/core/claude/connect.ts';
import {
  type Capabilities,
  defaultEffort,
  fitToModel,
  type ModelStore,
  readCapabilities,
  readKnownCapabilities,
  saveCapabilities,
} from '../../../src/core/claude/model.ts';

import { type ClaudeRequest, effortLevels } from '../../../src/core/claude/request.ts';
import { say } from '../../fakes/messages-api/scripts.ts';
import { type Simulator, startSimulator } from '../../fakes/messages-api/simulator.ts';
import { signatureOf } from '../../fakes/messages-api/thinking.ts';
import type { MessageBody } from '../../fakes/messages-api/wire.ts';
import { anyRequest, checked } from '../../fakes/request.ts';

const { signal } = new AbortController();

class MemoryStore implements ModelStore {
  readonly kept = new Map<string, unknown>();
  writes = 0;
  get = (key: string): unknown => this.kept.get(key);
  update = (key: string, value: unknown): Promise<void> => {
    this.writes++;
    this.kept.set(key, structuredClone(value));
    return Promise.resolve();
  };
}

describe('what a model can do', () => {
  const yes = { supported: true };
  const no = { supported: false };
  const thinking = { supported: true, types: { adaptive: yes } };
  const cases: readonly [name: string, wire: unknown, can: Capabilities | null][] = [
    [
      'some levels, in order',
      {
        effort: { supported: true, max: no, high: yes, low: yes, medium: no, xhigh: null },
        thinking,
      },
      { effort: ['low', 'high'], summarisesThinking: true, takesImages: true },
    ],
    [
      'no effort, whatever the levels say',
      { effort: { supported: false, low: yes }, thinking },
      { effort: [], summarisesThinking: true, takesImages: true },
    ],
    [
      'thinking with a budget alone',
      { effort: no, thinking: { supported: true, types: { adaptive: no, enabled: yes } } },
      { effort: [], summarisesThinking: false, takesImages: true },
    ],
    [
      'no types of thinking',
      { effort: no, thinking: no },
      { effort: [], summarisesThinking: false, takesImages: true },
    ],
    [
      'text alone',
      { effort: no, thinking: no, image_input: no },
      { effort: [], summarisesThinking: false, takesImages: false },
    ],
    ['nothing at all', null, null],
    ['nothing of effort', { thinking }, null],
    ['something else in its place', { effort: 'high', thinking: true }, null],
  ];
  for (const [name, wire, can] of cases) {
    it(`is read from the API’s list: ${name}`, () => {
      assert.deepEqual(readCapabilities(wire), can);
    });
  }

  it('is read from anything without a fault', () => {
    fc.assert(fc.property(fc.anything(), (wire) => void readCapabilities(wire)));
  });

  it('leaves nothing in a request that the model can’t do, and all else as it is', () => {
    const levels = fc.subarray([...effortLevels]);
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...effortLevels)),
        fc.boolean(),
        fc.option(
          fc.record({
            effort: levels,
            summarisesThinking: fc.boolean(),
            takesImages: fc.boolean(),
          }),
        ),
        (effort, showThinking, can) => {
          const asked = { ...anyRequest, effort, showThinking };
          const { request, droppedEffort: withoutEffort } = fitToModel(asked, can);
          assert.deepEqual({ ...request, effort, showThinking }, asked);
          if (can === null) assert.deepEqual(request, asked);
          else {
            assert.ok(request.effort === null || can.effort.includes(request.effort));
            assert.equal(request.showThinking, showThinking && can.summarisesThinking);
          }
          assert.equal(withoutEffort, request.effort === effort ? null : effort);
        },
      ),
    );
  });

  it('asks for no more tokens than the model writes, where that is known', () => {
    const can = { effort: [], summarisesThinking: false, takesImages: true };
    const limits = (maxTokens: number, maxOutputTokens?: number | null): readonly unknown[] => {
      const known = maxOutputTokens === undefined ? can : { ...can, maxOutputTokens };
      const { request, loweredTo } = fitToModel({ ...anyRequest, maxTokens }, known);
      return [request.maxTokens, loweredTo];
    };
    assert.deepEqual(limits(128_000, 64_000), [64_000, 64_000]);
    assert.deepEqual(limits(64_000, 64_000), [64_000, null]);
    assert.deepEqual(limits(128_000, null), [128_000, null]);
    assert.deepEqual(limits(128_000), [128_000, null]);
  });

  it('leaves earlier images out for a model that takes none, and those of the question alone', () => {
    const images = [{ mediaType: 'image/png', data: 'QUJD' }] as const;
    const said = { userText: 'Before', reply: 'So', thoughts: [] };
    const asked = { ...anyRequest, images, earlier: [{ ...said, images }, said] };
    const can = { effort: [], summarisesThinking: false, takesImages: true };
    assert.deepEqual(fitToModel(asked, can).request, asked);
    assert.deepEqual(fitToModel(asked, { ...can, takesImages: false }).request, {
      ...asked,
      earlier: [said, said],
    });
  });

  it('is kept by server, and written only where something is new', () => {
    const store = new MemoryStore();
    const can = { effort: ['low'], summarisesThinking: true, takesImages: true } as const;
    saveCapabilities(store, 'https://a.example', [['m', can]]);
    saveCapabilities(store, 'https://a.example', [['m', can]]);
    saveCapabilities(store, 'https://a.example', [['n', { ...can, effort: [] }]]);
    assert.equal(store.writes, 2);
    assert.deepEqual(readKnownCapabilities(store, 'https://a.example', 'm'), can);
    assert.deepEqual(readKnownCapabilities(store, 'https://a.example', 'n')?.effort, []);
    assert.equal(readKnownCapabilities(store, 'https://b.example', 'm'), null);
  });

  for (const damaged of [7, 'x', null, [], { m: 1 }, { m: { effort: ['most'] } }]) {
    it(`isn’t known where what was kept is ${JSON.stringify(damaged)}`, () => {
      const store = new MemoryStore();
      store.kept.set('models https://a.example', damaged);
      assert.equal(readKnownCapabilities(store, 'https://a.example', 'm'), null);
    });
  }

  const defaults: readonly [model: string, effort: string | null][] = [
    ['claude-opus-5-5', 'medium'],
    ['claude-haiku-5-5', 'medium'],
    ['claude-fable-5-2', 'high'],
    ['claude-opus-5', 'high'],
    ['claude-sonnet-5-5-20260928', 'high'],
    ['claude-of-tomorrow', null],
  ];
  for (const [model, effort] of defaults) {
    it(`has the default ${effort ?? 'that nobody has told'} in ${model}`, () => {
      assert.equal(defaultEffort(model), effort);
    });
  }
});

describe('a request', () => {
  let simulator: Simulator;
  let store: MemoryStore;
  let leftOut: string[];
  beforeEach(async () => {
    simulator = await startSimulator(say('So it is.'));
    store = new MemoryStore();
    leftOut = [];
  });
  afterEach(async () => {
    await simulator[Symbol.asyncDispose]();
  });

  const connected = (baseUrl = simulator.url) =>
    connect({
      apiKey: 'sk-ant-unit',
      baseUrl,
      idleTimeoutMs: 300,
      maxRetries: 0,
      onListenerError: () => {},
      models: store,
      onEffortDropped: (model, effort) => leftOut.push(`${model} ${effort}`),
      onMaxTokensLowered: (model, maxTokens) => leftOut.push(`${model} ${maxTokens}`),
    });
  const send = (request: ClaudeRequest): Promise<void> =>
    connected().streamReply(checked(request), { signal, emit: () => {} });
  const asking = (): readonly string[] =>
    simulator.requests.map(({ path }) => path).filter((path) => path.startsWith('/v1/models'));
  const sent = (): MessageBody | null | undefined => simulator.messages.at(-1)?.body;

  it('goes with what its model can do, which is asked about once', async () => {
    const request = { ...anyRequest, effort: 'max', showThinking: true } as const;
    await send(request);
    await send(request);
    assert.equal(sent()?.output_config?.effort, 'max');
    assert.equal(sent()?.thinking?.type, 'adaptive');
    assert.deepEqual(asking(), ['/v1/models/claude-sonnet-5-5']);
    assert.deepEqual(leftOut, []);
  });

  it('goes without the level that its model lacks, and that is told', async () => {
    await send({ ...anyRequest, model: 'claude-haiku-5-5', effort: 'max' });
    assert.equal(sent()?.output_config, undefined);
    assert.deepEqual(leftOut, ['claude-haiku-5-5 max']);
  });

  it('asks for as many tokens as its model writes, and that is told', async () => {
    const request = { ...anyRequest, model: 'claude-sonnet-4-5', maxTokens: 128_000 };
    await send(request);
    assert.equal(sent()?.max_tokens, 64_000);
    assert.deepEqual(leftOut, ['claude-sonnet-4-5 64000']);
    await send(request);
    assert.equal(asking().length, 1, 'asked about once');
  });

  it('goes without effort and thinking where its model has neither', async () => {
    await send({ ...anyRequest, model: 'claude-sonnet-4-5', effort: 'low', showThinking: true });
    assert.equal(sent()?.output_config, undefined);
    assert.equal(sent()?.thinking, undefined);
  });

  it('asks nothing about its model where nothing depends on it', async () => {
    await send(anyRequest);
    assert.deepEqual(asking(), []);
  });

  it('knows from a list of the models too', async () => {
    await connected().listModels(signal);
    await send({ ...anyRequest, model: 'claude-haiku-5-5', effort: 'max' });
    assert.deepEqual(asking(), ['/v1/models']);
    assert.equal(sent()?.output_config, undefined);
  });

  it('goes as it was asked for where nobody tells what its model can do', async () => {
    const model = 'a-model-of-a-gateway';
    await send({ ...anyRequest, model, effort: 'max' });
    assert.equal(sent()?.model, model);
    assert.equal(sent()?.output_config?.effort, 'max');
    assert.deepEqual(leftOut, []);
  });

  const thought = {
    at: 0,
    thought: { kind: 'signed', thinking: 'Hm.', signature: signatureOf('Hm.') },
  } as const;
  const earlier = [{ userText: 'Why?', reply: 'So it is.', thoughts: [thought] }];
  const counted: readonly [name: string, request: Partial<ClaudeRequest>][] = [
    ['a question alone', {}],
    ['a follow-up with thinking', { earlier, cache: true }],
    ['effort and a summary', { effort: 'high', showThinking: true }],
    ['what its model can’t do', { model: 'claude-sonnet-4-5', effort: 'high', showThinking: true }],
    ['a reply that goes on', { continuation: { textSoFar: 'So', instruction: 'Go on.' }, earlier }],
  ];
  for (const [name, parts] of counted) {
    it(`is counted exactly as it is sent: ${name}`, async () => {
      const request = { ...anyRequest, ...parts };
      const count = await connected().countInput(checked(request), signal);
      assert.ok(count.ok);
      await send(request);
      const body = simulator.requests.find(({ path }) => path.endsWith('/count_tokens'))?.body;
      const { max_tokens, stream, ...input } = sent() ?? assert.fail('nothing was sent');
      assert.deepEqual([max_tokens, stream], [request.maxTokens, true]);
      assert.deepEqual(body, input);
    });
  }
});
