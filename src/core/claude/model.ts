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
  /** Whether it takes images. */
  readonly takesImages: boolean | null;
}
