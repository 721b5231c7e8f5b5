import { type Guarded, isBoolean, isListOf, isObject, isOneOf } from '../guard.ts';
import { type ClaudeRequest, type Effort, effortLevels } from './request.ts';

/** What a model can do, as far as our requests depend on it. */
export const isCapabilities = isObject({
  /** The levels that it takes; empty where it takes none. */
  effort: isListOf(isOneOf(effortLevels)),
  /** Whether it can be asked for a summary of its thinking. */
  summarisesThinking: isBoolean,
  /** True too where it isn't told: the API refuses what it doesn't take. */
  takesImages: isBoolean,
});
export type Capabilities = Guarded<typeof isCapabilities>;

const isSupport = isObject({ supported: isBoolean });
const isSupported = (value: unknown): boolean => isSupport(value) && value.supported;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/**
 * From a model's `capabilities` in the API's list. Null where the API, or a gateway in its place,
 * doesn't say.
 * @see https://platform.claude.com/docs/en/api/models-list
 */
export function readCapabilities(wire: unknown): Capabilities | null {
  const effort = field(wire, 'effort');
  const thinking = field(wire, 'thinking');
  const images = field(wire, 'image_input');
  if (!isSupport(effort) || !isSupport(thinking)) return null;
  return {
    effort: isSupported(effort)
      ? effortLevels.filter((level) => isSupported(field(effort, level)))
      : [],
    summarisesThinking: isSupported(field(field(thinking, 'types'), 'adaptive')),
    takesImages: !isSupport(images) || images.supported,
  };
}

export interface Fitted {
  readonly request: ClaudeRequest;
  /** The level that was asked for and that the model doesn't take; null where it takes it. */
  readonly withoutEffort: Effort | null;
}

/** The request without what its model can't do. @param can null where that isn't known */
export function fitToModel(request: ClaudeRequest, can: Capabilities | null): Fitted {
  if (can === null) return { request, withoutEffort: null };
  const { effort, showThinking, earlier } = request;
  const lacksEffort = effort !== null && !can.effort.includes(effort);
  return {
    request: {
      ...request,
      effort: lacksEffort ? null : effort,
      showThinking: showThinking && can.summarisesThinking,
      // Those of the question itself are left to who asks it.
      earlier: can.takesImages ? earlier : earlier.map(({ images: _, ...said }) => said),
    },
    withoutEffort: lacksEffort ? effort : null,
  };
}
