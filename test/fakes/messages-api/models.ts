/** A few models as `GET /v1/models` lists them. */
interface SimulatedModel {
  readonly id: string;
  readonly name: string;
  readonly line: string;
  readonly lifecycle: 'active' | 'deprecated';
  readonly retiresAt: string | null;
  readonly context: number;
  readonly output: number;
  /** The levels that it takes. */
  readonly effort: readonly string[];
  /** Whether it can be asked for a summary of its thinking. */
  readonly adaptive: boolean;
}

const levels = ['low', 'medium', 'high', 'xhigh', 'max'];

const models: readonly SimulatedModel[] = [
  {
    ...model('claude-haiku-5-5', 'Claude Haiku 5.5', 'haiku', 1_000_000, 128_000),
    effort: ['low', 'medium', 'high'],
  },
  model('claude-sonnet-5-5', 'Claude Sonnet 5.5', 'sonnet', 1_000_000, 128_000),
  model('claude-opus-5-5', 'Claude Opus 5.5', 'opus', 1_000_000, 128_000),
  {
    ...model('claude-sonnet-4-5', 'Claude Sonnet 4.5', 'sonnet', 200_000, 64_000),
    lifecycle: 'deprecated',
    retiresAt: '2026-11-30T00:00:00Z',
    effort: [],
    adaptive: false,
  },
];

function model(
  id: string,
  name: string,
  line: string,
  context: number,
  output: number,
): SimulatedModel {
  const lives = { lifecycle: 'active', retiresAt: null } as const;
  return { id, name, line, ...lives, context, output, effort: levels, adaptive: true };
}

/** The most output tokens of a model, or null where there is no such model. */
export function maxOutputOf(id: string): number | null {
  return models.find((known) => known.id === id)?.output ?? null;
}

/** Why a model refuses what it is asked to do; null where it takes it. */
export function refusalOfAbilities(
  id: string,
  effort: string | undefined,
  thinking: string | undefined,
): string | null {
  const known = models.find((each) => each.id === id);
  if (known === undefined) return null;
  if (effort !== undefined && !known.effort.includes(effort)) {
    return `output_config.effort: ${id} does not support ${effort}`;
  }
  return thinking === 'adaptive' && !known.adaptive
    ? `thinking: ${id} does not support adaptive thinking`
    : null;
}

export function modelPage(limit: number): object {
  const shown = models.slice(0, limit);
  return {
    data: shown.map(modelInfo),
    has_more: shown.length < models.length,
    first_id: shown[0]?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
    next_page: null,
  };
}

/** As `GET /v1/models/{id}` tells it; null where there is no such model. */
export function modelOf(id: string): object | null {
  const known = models.find((each) => each.id === id);
  return known === undefined ? null : modelInfo(known);
}

function modelInfo(known: SimulatedModel): object {
  const support = (supported: boolean) => ({ supported });
  return {
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
    capabilities: {
      effort: {
        supported: known.effort.length > 0,
        ...Object.fromEntries(levels.map((each) => [each, support(known.effort.includes(each))])),
      },
      thinking: {
        supported: true,
        types: {
          adaptive: support(known.adaptive),
          between_tools: support(false),
          disabled: support(true),
          enabled: support(!known.adaptive),
        },
      },
      image_input: support(true),
    },
  };
}
