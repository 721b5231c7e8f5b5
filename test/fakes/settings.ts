import { readSettings, type Settings } from '../../src/core/settings.ts';

/** The settings of somebody who has changed none. */
export const defaultSettings: Settings = readSettings(
  () => undefined,
  () => {},
);
