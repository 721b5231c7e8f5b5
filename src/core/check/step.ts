/** The hops between a question and its reply, in the order in which they are looked at. */
export const stepNames = [
  'settings',
  'credentials',
  'proxy',
  'name',
  'connection',
  'certificate',
  'answer',
  'clock',
  'key',
  'model',
  'streaming',
] as const;
export type StepName = (typeof stepNames)[number];

/** `note` works, or may; `skipped` could not be looked at, or was not to be. */
export type Verdict = 'ok' | 'note' | 'failed' | 'skipped';

/** What a click can do about it. */
export type CheckAction =
  | 'set-api-key'
  | 'set-header-secret'
  | 'choose-model'
  | 'open-base-url-setting'
  | 'open-proxy-setting';

export interface Judgement {
  readonly verdict: Verdict;
  /** Whole sentences. May have what others said: the report is freed of secrets as a whole. */
  readonly found: string;
  /** Whole sentences; null where there is nothing to do. */
  readonly advice: string | null;
  readonly action: CheckAction | null;
}

export interface StepResult extends Judgement {
  readonly step: StepName;
  /** Milliseconds; null where it took none, or was skipped. */
  readonly durationMs: number | null;
}

export const ok = (found: string): Judgement => judge('ok', found, null, null);

export const note = (
  found: string,
  advice: string | null = null,
  action: CheckAction | null = null,
): Judgement => judge('note', found, advice, action);

export const failed = (
  found: string,
  advice: string | null,
  action: CheckAction | null = null,
): Judgement => judge('failed', found, advice, action);

export const skipped = (why: string): Judgement => judge('skipped', why, null, null);

function judge(
  verdict: Verdict,
  found: string,
  advice: string | null,
  action: CheckAction | null,
): Judgement {
  return { verdict, found, advice, action };
}
