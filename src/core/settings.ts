import {
  type AuthorizationStyle,
  authorizationStyles,
  defaultBaseUrl,
  readBaseUrl,
  type UnusableBaseUrl,
} from './claude/api-key.ts';

import { type ExtraHeaders, isAllowedHeader, secretPlaceholder } from './claude/extra-headers.ts';
import { defaultModel } from './claude/model.ts';
import { type Effort, effortLevels } from './claude/request.ts';
import { formatAlternatives, type L10n } from './l10n.ts';
import { isPrice, type Price, type PriceOverrides } from './usage/price.ts';

export interface Settings {
  readonly model: string;
  /** Null is the model's own default. */
  readonly effort: Effort | null;
  readonly maxTokens: number;
  readonly target: 'panel' | 'document';
  readonly systemPrompt: string;
  /** Whether a summary of the thinking is asked for and shown. */
  readonly showThinking: boolean;
  /** Whether the panel keeps the end of a growing reply in view. */
  readonly follow: boolean;
  /** Nothing is sent where it can't be used: another server must not get the key. */
  readonly baseUrl: string | UnusableBaseUrl;
  readonly authorization: AuthorizationStyle;
  readonly headers: ExtraHeaders;
  readonly idleTimeoutSeconds: number;
  readonly maxRetries: number;
  /** US dollars; 0 is none. */
  readonly dailyBudget: number;
  readonly prices: PriceOverrides;
  /** Whether VS Code's chat and other extensions may ask with the user's key. */
  readonly chatModels: 'ask' | 'allow' | 'off';
}

export type SettingName = keyof Settings;

/**
 * Where requests go and what they carry to get in. Read from the user's own settings alone: a
 * workspace or a remote machine could send the key elsewhere.
 */
export const networkSettings = ['baseUrl', 'authorization', 'headers'] as const;
export type NetworkSetting = (typeof networkSettings)[number];

interface SettingRule<T> {
  readonly fallback: T;
  /** The setting's value, or undefined where what is written there makes none. */
  read(value: unknown): T | undefined;
  /** What of a value can't be used, where the rest can. */
  flaw?(value: unknown): unknown;
  /** What is allowed, as the end of a sentence. */
  expected(l10n: L10n): string;
}

/** A setting that is off until it is switched on. */
const booleanRule: SettingRule<boolean> = {
  fallback: false,
  read: (value) => (typeof value === 'boolean' ? value : undefined),
  expected: (l10n) => formatAlternatives(['true', 'false'], l10n),
};

export const tokenLimits = { least: 1, most: 128_000 } as const;
export const retryLimits = { least: 0, most: 10 } as const;
export const idleLimits = { least: 5, most: 3600 } as const;

/** The settings `claudeStream.*`; package.json says the same to the settings editor. */
export const settingRules: { readonly [K in SettingName]: SettingRule<Settings[K]> } = {
  model: {
    fallback: defaultModel,
    read: (value) =>
      typeof value === 'string' && /^[\w.:@/-]+$/.test(value.trim()) ? value.trim() : undefined,
    expected: (l10n) => l10n.t('a model id such as {0}', defaultModel),
  },
  effort: {
    fallback: null,
    read: (value) => (value === 'default' ? null : effortLevels.find((level) => level === value)),
    expected: (l10n) => formatAlternatives(['default', ...effortLevels], l10n),
  },
  maxTokens: {
    fallback: 32_000,
    read: (value) => readInteger(value, tokenLimits),
    expected: (l10n) =>
      l10n.t('a whole number from {0} to {1}', tokenLimits.least, tokenLimits.most),
  },
  target: {
    fallback: 'panel',
    read: (value) => (value === 'panel' || value === 'document' ? value : undefined),
    expected: (l10n) => formatAlternatives(['panel', 'document'], l10n),
  },
  systemPrompt: {
    fallback: '',
    read: (value) => (typeof value === 'string' ? value : undefined),
    expected: (l10n) => l10n.t('a text'),
  },
  showThinking: booleanRule,
  follow: booleanRule,
  baseUrl: {
    fallback: defaultBaseUrl,
    read: readBaseUrl,
    expected: (l10n) => l10n.t('an http or https URL such as {0}', defaultBaseUrl),
  },
  authorization: {
    fallback: 'bearer',
    read: (value) => authorizationStyles.find((style) => style === value),
    expected: (l10n) => formatAlternatives(authorizationStyles, l10n),
  },
  headers: {
    fallback: {},
    read: (value) => Object.fromEntries(headerEntries(value).filter(isHeaderEntry)),
    // Their names alone: a value may be a secret.
    flaw: (value) => {
      if (!isEntries(value)) return typeof value;
      const bad = headerEntries(value).filter((entry) => !isHeaderEntry(entry));
      return bad.length === 0 ? undefined : bad.map(([name]) => name);
    },
    expected: (l10n) =>
      l10n.t('headers that HTTP and the SDK leave free, such as {0}', exampleHeaders),
  },
  idleTimeoutSeconds: {
    fallback: 60,
    read: (value) => readInteger(value, idleLimits),
    expected: (l10n) => l10n.t('a whole number from {0} to {1}', idleLimits.least, idleLimits.most),
  },
  maxRetries: {
    fallback: 2,
    read: (value) => readInteger(value, retryLimits),
    expected: (l10n) =>
      l10n.t('a whole number from {0} to {1}', retryLimits.least, retryLimits.most),
  },
  dailyBudget: {
    fallback: 0,
    read: (value) =>
      typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined,
    expected: (l10n) => l10n.t('a number of US dollars, 0 for none'),
  },
  prices: {
    fallback: {},
    read: (value) =>
      isEntries(value)
        ? Object.fromEntries(
            Object.entries(value).flatMap(([key, price]) =>
              isPriceEntry(key, price) ? [[key, price] as const] : [],
            ),
          )
        : undefined,
    flaw: (value) => {
      const bad = Object.entries(value ?? {}).filter(([key, price]) => !isPriceEntry(key, price));
      return bad.length === 0 ? undefined : Object.fromEntries(bad);
    },
    expected: (l10n) =>
      l10n.t('US dollars per million tokens by model, such as {0}', examplePrices),
  },
  chatModels: {
    fallback: 'ask',
    read: (value) => (value === 'ask' || value === 'allow' || value === 'off' ? value : undefined),
    expected: (l10n) => formatAlternatives(['ask', 'allow', 'off'], l10n),
  },
};

const exampleHeaders = `{"x-team": "blue", "x-token": "${secretPlaceholder('gateway')}"}`;

function headerEntries(value: unknown): [string, unknown][] {
  const entries: [string, unknown][] = isEntries(value) ? Object.entries(value) : [];
  return entries.map(([name, text]) => [name.toLowerCase(), text]);
}

const isHeaderEntry = (entry: [string, unknown]): entry is [string, string] =>
  isAllowedHeader(...entry);

const examplePrices = '{"claude-x": {"input": 2, "output": 10}}';

const isEntries = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An empty key would be the beginning of every model's id. */
const isPriceEntry = (key: string, price: unknown): price is Price => key !== '' && isPrice(price);

function readInteger(
  value: unknown,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;
}

export interface SettingProblem {
  readonly name: SettingName;
  readonly value: unknown;
  /** Whether the value is but a part that is left out, and the rest is used. */
  readonly partial: boolean;
}

/** All settings from whatever is written in them; a value that makes none is told and replaced. */
export function readSettings(
  get: (name: SettingName) => unknown,
  onProblem: (problem: SettingProblem) => void,
): Settings {
  const read = <K extends SettingName>(name: K): Settings[K] => {
    const value = get(name);
    // Unset is not a mistake; package.json's default is the same as ours.
    if (value === undefined) return settingRules[name].fallback;
    const rule = settingRules[name];
    const parsed = rule.read(value);
    const flaw = parsed === undefined ? value : rule.flaw?.(value);
    if (flaw !== undefined) onProblem({ name, value: flaw, partial: parsed !== undefined });
    return parsed === undefined ? rule.fallback : parsed;
  };
  return {
    model: read('model'),
    effort: read('effort'),
    maxTokens: read('maxTokens'),
    target: read('target'),
    systemPrompt: read('systemPrompt'),
    showThinking: read('showThinking'),
    follow: read('follow'),
    baseUrl: read('baseUrl'),
    authorization: read('authorization'),
    headers: read('headers'),
    idleTimeoutSeconds: read('idleTimeoutSeconds'),
    maxRetries: read('maxRetries'),
    dailyBudget: read('dailyBudget'),
    prices: read('prices'),
    chatModels: read('chatModels'),
  };
}
