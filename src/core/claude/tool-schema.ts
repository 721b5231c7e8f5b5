import { type Fields, isFields } from './wire-fields.ts';

/** Characters in the name of a tool or the id of a call: as many as the strictest server takes. */
const maxLength = 64;
/** The names of a tool's parameters that the API takes. */
const parameterName = /^[a-zA-Z0-9_.-]{1,64}$/;
/** How many references and alternatives are followed: some lead in a circle. */
const maxDepth = 8;

/** A name or id with the characters and the length that the API takes; empty where nothing is left. */
export function toWireId(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, maxLength);
}

/**
 * The name itself where it is free, else with a number behind it.
 * @param taken gets the name
 */
export function makeUnique(name: string, taken: Set<string>): string {
  let unique = name;
  for (let count = 2; taken.has(unique); count++) {
    const suffix = `_${count}`;
    unique = name.slice(0, maxLength - suffix.length) + suffix;
  }
  taken.add(unique);
  return unique;
}

/**
 * A tool's schema as the API takes it: of an object, without alternatives at the top. What these
 * allow is allowed still; what only some of them require isn't required any more.
 */
export function toInputSchema(schema: unknown): Fields & { readonly type: 'object' } {
  const { properties, required, ...rest } = flatten(schema, isFields(schema) ? schema : {}, 0);
  return { ...rest, type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** Whether the API takes the names of all parameters. */
export function hasWireParameters({ properties }: Fields): boolean {
  return Object.keys(isFields(properties) ? properties : {}).every((name) =>
    parameterName.test(name),
  );
}

interface FlatSchema extends Fields {
  readonly properties: Fields;
  readonly required: readonly string[];
}

function flatten(schema: unknown, root: Fields, depth: number): FlatSchema {
  if (!isFields(schema) || depth > maxDepth) return { properties: {}, required: [] };
  const { allOf, anyOf, oneOf, $ref, properties, required, ...rest } = schema;
  const own: FlatSchema = {
    ...rest,
    properties: isFields(properties) ? properties : {},
    required: namesOf(required),
  };
  const flattenAll = (variants: unknown): readonly FlatSchema[] =>
    Array.isArray(variants) ? variants.map((each) => flatten(each, root, depth + 1)) : [];
  const together = [
    ...(typeof $ref === 'string' ? [flatten(resolve($ref, root), root, depth + 1)] : []),
    own,
    ...flattenAll(allOf),
  ];
  const joined = together.reduce((one, other) => join(one, other, 'all'));
  return [anyOf, oneOf]
    .map(flattenAll)
    .filter((variants) => variants.length > 0)
    .map((variants) => variants.reduce((one, other) => join(one, other, 'any')))
    .reduce((one, other) => join(one, other, 'all'), joined);
}

/** @param how whether both hold, or either of them */
function join(one: FlatSchema, other: FlatSchema, how: 'all' | 'any'): FlatSchema {
  const properties: Record<string, unknown> = { ...one.properties };
  for (const [name, schema] of Object.entries(other.properties)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = known === undefined ? schema : joinProperty(known, schema, how);
  }
  const required =
    how === 'all'
      ? [...new Set([...one.required, ...other.required])]
      : one.required.filter((name) => other.required.includes(name));
  // A rule of one alternative alone, such as no further parameters, doesn't hold for the others.
  return { ...(how === 'all' ? { ...other, ...one } : {}), properties, required };
}

function joinProperty(one: unknown, other: unknown, how: 'all' | 'any'): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  return how === 'all' ? { allOf: [one, other] } : { anyOf: [one, other] };
}

/** What a reference inside the schema points to, such as `#/$defs/Input`. */
function resolve(reference: string, root: Fields): unknown {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const name = decode(step).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isFields(at) ? at[name] : undefined;
  }
  return at;
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function namesOf(required: unknown): readonly string[] {
  if (!Array.isArray(required)) return [];
  return [...new Set(required.filter((name): name is string => typeof name === 'string'))];
}
