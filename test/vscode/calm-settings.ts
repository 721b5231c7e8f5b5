/**
 * User settings for a workbench that shows what is tested and nothing else: no welcome page, no
 * chat, no tips, no toasts, nothing that blinks. Pictures then look alike from run to run.
 */
import type { Settings } from './server.ts';

/** The names VS Code's theme picker shows, with the ids that the setting wants. */
export const colorThemes = {
  'Light Modern': 'Light Modern',
  'Dark Modern': 'Dark Modern',
  'Light High Contrast': 'Default High Contrast Light',
  'Dark High Contrast': 'Default High Contrast',
} as const;

export type ColorTheme = keyof typeof colorThemes;

export function calmSettings(colorTheme: ColorTheme): Settings {
  return {
    'workbench.colorTheme': colorThemes[colorTheme],
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
    'onboarding.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.enableExperiments': false,
    'workbench.reduceMotion': 'on',
    'workbench.layoutControl.enabled': false,
    'window.commandCenter': false,
    'window.menuBarVisibility': 'compact',
    'window.confirmBeforeClose': 'never',
    'chat.disableAIFeatures': true,
    'telemetry.telemetryLevel': 'off',
    'update.showReleaseNotes': false,
    'extensions.ignoreRecommendations': true,
    'extensions.autoCheckUpdates': false,
    'extensions.autoUpdate': 'off',
    'git.enabled': false,
    'git.openRepositoryInParentFolders': 'never',
    'npm.autoDetect': 'off',
    'typescript.disableAutomaticTypeAcquisition': true,
    'remote.autoForwardPorts': false,
    // Else every few seconds each process of the machine is looked at for ports.
    'remote.autoForwardPortsSource': 'output',
    'security.workspace.trust.enabled': false,
    'editor.cursorBlinking': 'solid',
    'editor.minimap.enabled': false,
    'editor.accessibilitySupport': 'off',
    'editor.lightbulb.enabled': 'off',
    'workbench.editor.empty.hint': 'hidden',
    'files.autoSave': 'off',
    'files.hotExit': 'off',
  };
}
