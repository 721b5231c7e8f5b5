import type { ErrorContext } from './classify-error.ts';
import type { Result } from './failure.ts';
import { type Model, readCapabilities } from './model.ts';

import { readJson } from './read-message.ts';
import type { SlimClient } from './slim-client.ts';
import {
  countOrNull,
  type Fields,
  fieldsOf,
  firstText,
  isFields,
  textOrNull,
} from './wire-fields.ts';

const pageSize = 100;
/** A server that says `has_more` for ever is believed for so long. */
const maxPages = 20;

/**
 * The models of a server, newest first as the API lists them. Of a model no field but its id is
 * assumed: gateways answer in OpenAI's shape, or in one of their own.
 * @see https://platform.claude.com/docs/en/api/models-list
 */
export async function listModels(
  client: SlimClient,
  facts: ErrorContext,
  signal: AbortSignal,
  timeout: number,
): Promise<Result<readonly Model[]>> {
  const models = new Map<string, Model>();
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const query = { limit: pageSize, ...(after === null ? {} : { after_id: after }) };
    const read = await readJson(() => client.models.list(query, { signal, timeout }), facts);
    if (!read.ok) return { ok: false, failure: read.failure };
    const { value } = read.value;
    const entries = entriesOf(value);
    if (entries === null) return { ok: false, failure: { kind: 'malformed' } };
    const before = models.size;
    for (const model of entries.flatMap(toModel)) {
      if (!models.has(model.id)) models.set(model.id, model);
    }
    const { has_more: hasMore, last_id: lastId } = fieldsOf(value);
    after = textOrNull(lastId) ?? [...models.keys()].at(-1) ?? null;
    // A page that brings nothing new is the same one again.
    if (hasMore !== true || after === null || models.size === before) break;
  }
  return { ok: true, value: [...models.values()] };
}

/** The list in whatever it comes in; null where there is none. */
function entriesOf(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  const { data, models } = fieldsOf(value);
  return [data, models].find((list): list is unknown[] => Array.isArray(list)) ?? null;
}

function toModel(entry: unknown): readonly Model[] {
  const id = textOrNull(entry) ?? textOrNull(fieldsOf(entry)['id']);
  return id === null ? [] : [readModel(fieldsOf(entry), id)];
}

/** @param id what the model is asked for by, whatever it calls itself */
export function readModel(info: Fields, id: string): Model {
  const lifecycle = info['lifecycle'];
  const maxOutputTokens = limitOf(info['max_tokens']);
  const can = isFields(info['capabilities']) ? readCapabilities(info['capabilities']) : null;
  return {
    id,
    displayName: firstText(info['display_name'], info['name']) ?? id,
    lifecycle: lifecycle === 'deprecated' || lifecycle === 'retired' ? lifecycle : 'active',
    retiresAt: textOrNull(info['retires_at']),
    contextTokens: limitOf(info['max_input_tokens']),
    maxOutputTokens,
    capabilities: can === null ? null : { ...can, maxOutputTokens },
  };
}

/** A limit of 0 is none that was told. */
function limitOf(value: unknown): number | null {
  return countOrNull(value) || null;
}
