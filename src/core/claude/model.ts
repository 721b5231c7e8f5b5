import {
  type Guarded,
  isBoolean,
  isCount,
  isListOf,
  isNullOr,
  isObject,
  isOneOf,
  isOptional,
} from '../guard.ts';
import { type ClaudeRequest, type Effort, effortLevels } from './request.ts';

export const defaultModel = 'claude-sonnet-5-5';

/** A model as the API lists it; null where the API does not say. */
export interface Model {
  readonly id: string;
  readonly displayName: string;
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
  /** RFC 3339, where a retirement is scheduled. */
  readonly retiresAt: string | null;
  readonly contextTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly capabilities: Capabilities | null;
}

/**
 * The level at which a model works where none is asked for, as the API's documentation had it on 1
 * December 2026: its list of models doesn't tell. A model that isn't here has none that we know.
 */
const defaultEfforts: ReadonlyMap<string, Effort> = new Map([
  ['claude-fable-5-2', 'high'],
  ['claude-fable-5-1', 'high'],
  ['claude-fable-5', 'high'],
  ['claude-opus-5-5', 'medium'],
  ['claude-opus-5', 'high'],
  ['claude-opus-4-8', 'high'],
  ['claude-opus-4-7', 'high'],
  ['claude-opus-4-6', 'high'],
  ['claude-opus-4-5', 'high'],
  ['claude-sonnet-5-5', 'high'],
  ['claude-sonnet-5', 'high'],
  ['claude-haiku-5-5', 'medium'],
]);

/** Null where it isn't known. @param model also with the date of its snapshot */
export function defaultEffort(model: string): Effort | null {
  return defaultEfforts.get(model) ?? defaultEfforts.get(model.replace(/-\d{8}$/, '')) ?? null;
}

/** The API may name the model that answers by its date: `claude-haiku-4-5-20251001`. */
export function isSnapshotOf(answering: string, requested: string): boolean {
  return answering === requested || answering.replace(/-\d{8}$/, '') === requested;
}

/**
 * Claude Code's names for the newest model of a line, which prompt files use.
 * @see https://code.claude.com/docs/en/model-config
 */
const modelAliases: ReadonlyMap<string, string> = new Map([
  ['opus', 'claude-opus-5-5'],
  ['sonnet', 'claude-sonnet-5-5'],
  ['haiku', 'claude-haiku-5-5'],
]);

/** The id that an alias stands for; whatever isn't one stays. */
export function resolveModelAlias(model: string): string {
  return modelAliases.get(model) ?? model;
}

/** The models before Opus 4.6 and Sonnet 4.6; they know thinking with a budget alone, or none. */
const withoutAdaptiveThinking =
  /claude-(?:instant|[0-3](?!\d)|(?:opus|sonnet|haiku)-4(?:-[0-5](?!\d)|-\d{8}|@|$))/;

/**
 * Whether a model decides by itself how much to think, and can summarise it. Told by its id, as
 * the API's list of models isn't at hand for each request: a model that we don't know is a new one.
 */
export function supportsAdaptiveThinking(model: string): boolean {
  return !withoutAdaptiveThinking.test(model);
}

/** Whether a model refuses a request that says it has to call a tool. */
export function refusesForcedTools(model: string): boolean {
  return /fable|(?:opus|sonnet)-5[-.]5/.test(model);
}

/** What a model can do, as far as our requests depend on it. */
const isCapabilities = isObject({
  /** The levels that it takes; empty where it takes none. */
  effort: isListOf(isOneOf(effortLevels)),
  /** Whether it can be asked for a summary of its thinking. */
  summarisesThinking: isBoolean,
  /** True too where it isn't told: the API refuses what it doesn't take. */
  takesImages: isBoolean,
  /** The most tokens of a reply; null where it isn't told, left out by earlier versions. */
  maxOutputTokens: isOptional(isNullOr(isCount)),
});
export type Capabilities = Guarded<typeof isCapabilities>;

const isSupport = isObject({ supported: isBoolean });
const isSupported = (value: unknown): boolean => isSupport(value) && value.supported;

const readField = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/**
 * From a model's `capabilities` in the API's list. Null where the API, or a gateway in its place,
 * doesn't say.
 * @see https://platform.claude.com/docs/en/api/models-list
 */
export function readCapabilities(wire: unknown): Capabilities | null {
  const effort = readField(wire, 'effort');
  const thinking = readField(wire, 'thinking');
  const images = readField(wire, 'image_input');
  if (!isSupport(effort) || !isSupport(thinking)) return null;
  return {
    effort: isSupported(effort)
      ? effortLevels.filter((level) => isSupported(readField(effort, level)))
      : [],
    summarisesThinking: isSupported(readField(readField(thinking, 'types'), 'adaptive')),
    takesImages: !isSupport(images) || images.supported,
  };
}

interface FittedRequest {
  readonly request: ClaudeRequest;
  /** The level that was asked for and that the model doesn't take; null where it takes it. */
  readonly droppedEffort: Effort | null;
  /** The most that the model writes, where more was asked for; null where it wasn't. */
  readonly loweredTo: number | null;
}

/** Every current model writes that many tokens: for fewer, its limit needn't be known. */
const commonMaxTokens = 32_000;

/** Whether it depends on the model's abilities how a request is sent. */
export function dependsOnModel(
  { effort, showThinking, maxTokens }: ClaudeRequest,
  known: Capabilities | null,
): boolean {
  const isLimitUnknown = known?.maxOutputTokens === undefined && maxTokens > commonMaxTokens;
  return isLimitUnknown || (known === null && (effort !== null || showThinking));
}

/** The request without what its model can't do. @param capabilities null where that isn't known */
export function fitToModel(
  request: ClaudeRequest,
  capabilities: Capabilities | null,
): FittedRequest {
  if (capabilities === null) return { request, droppedEffort: null, loweredTo: null };
  const { effort, showThinking, earlier } = request;
  const limit = capabilities.maxOutputTokens ?? null;
  const loweredTo = limit !== null && limit < request.maxTokens ? limit : null;
  const lacksEffort = effort !== null && !capabilities.effort.includes(effort);
  return {
    request: {
      ...request,
      maxTokens: loweredTo ?? request.maxTokens,
      effort: lacksEffort ? null : effort,
      showThinking: showThinking && capabilities.summarisesThinking,
      // Those of the question itself are left to who asks it.
      earlier: capabilities.takesImages ? earlier : earlier.map(({ images: _, ...said }) => said),
    },
    droppedEffort: lacksEffort ? effort : null,
    loweredTo,
  };
}

/** Keeps what the API has told of its models. VS Code's `Memento` fits. */
export interface ModelStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** A server is asked about its own models alone. */
const storageKey = (baseUrl: string): string => `models ${baseUrl}`;

/** Null where the API hasn't told, or couldn't. */
export function readKnownCapabilities(
  store: ModelStore,
  baseUrl: string,
  model: string,
): Capabilities | null {
  const can = toEntries(store.get(storageKey(baseUrl))).get(model);
  return isCapabilities(can) ? can : null;
}

/** What is told anew takes the place of what was known; the rest stays. */
export function saveCapabilities(
  store: ModelStore,
  baseUrl: string,
  learned: Iterable<readonly [model: string, can: Capabilities]>,
): void {
  const key = storageKey(baseUrl);
  const before = store.get(key);
  const after = Object.fromEntries([...toEntries(before), ...learned]);
  // Each write is told to every window: most tell nothing new.
  if (JSON.stringify(after) === JSON.stringify(before)) return;
  // Detached: what can't be kept is asked for again.
  store.update(key, after).then(undefined, () => {});
}

function toEntries(kept: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof kept === 'object' && kept !== null ? Object.entries(kept) : []);
}
