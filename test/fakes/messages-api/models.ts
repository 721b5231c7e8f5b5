/** A few models as `GET /v1/models` lists them. */
interface SimulatedModel {
  readonly id: string;
  readonly name: string;
  readonly line: string;
  readonly lifecycle: 'active' | 'deprecated';
  readonly retiresAt: string | null;
  readonly context: number;
  readonly output: number;
}

const models: readonly SimulatedModel[] = [
  model('claude-haiku-5-5', 'Claude Haiku 5.5', 'haiku', 1_000_000, 128_000),
  model('claude-sonnet-5-5', 'Claude Sonnet 5.5', 'sonnet', 1_000_000, 128_000),
  model('claude-opus-5-5', 'Claude Opus 5.5', 'opus', 1_000_000, 128_000),
  {
    ...model('claude-sonnet-4-5', 'Claude Sonnet 4.5', 'sonnet', 200_000, 64_000),
    lifecycle: 'deprecated',
    retiresAt: '2026-11-30T00:00:00Z',
  },
];

function model(
  id: string,
  name: string,
  line: string,
  context: number,
  output: number,
): SimulatedModel {
  return { id, name, line, lifecycle: 'active', retiresAt: null, context, output };
}

/** The most output tokens of a model, or null where there is no such model. */
export function maxOutputOf(id: string): number | null {
  return models.find((known) => known.id === id)?.output ?? null;
}

export function modelPage(limit: number): object {
  const shown = models.slice(0, limit);
  return {
    data: shown.map((known) => ({
      type: 'model',
      id: known.id,
      display_name: known.name,
      line: known.line,
      lifecycle: known.lifecycle,
      created_at: '2026-09-28T00:00:00Z',
      deprecated_at: known.lifecycle === 'deprecated' ? '2026-06-01T00:00:00Z' : null,
      retires_at: known.retiresAt,
      max_input_tokens: known.context,
      max_tokens: known.output,
      capabilities: { image_input: { supported: true } },
    })),
    has_more: shown.length < models.length,
    first_id: shown[0]?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
    next_page: null,
  };
}
