import { reportFailure } from '../report-failure.ts';
import { useBrowser } from '../use-browser.ts';
import { PanelPage, type PanelPageOptions } from './panel-page.ts';
import { PanelTab } from './panel-tab.ts';

/** Tabs that no test is using, for all suites of the process: a new one costs more than most tests. */
const idle: PanelTab[] = [];

export interface OpenOptions extends PanelPageOptions {
  /** A tab that no other test gets, for a test that leaves something behind in it. */
  readonly ownTab?: boolean;
}

/** Gives each test of a suite panels of its own, in tabs of the one browser. */
export function usePanelPages(): (options?: OpenOptions) => Promise<PanelPage> {
  const browser = useBrowser();
  const open: { readonly panel: PanelPage; readonly tab: PanelTab | null }[] = [];

  afterEach(async function () {
    for (const { panel, tab } of open.splice(0)) {
      await reportFailure(this.currentTest, panel.page);
      await panel[Symbol.asyncDispose]();
      if (tab !== null) idle.push(tab);
    }
  });

  return async ({ ownTab = false, ...options } = {}) => {
    const isOwn = ownTab || options.forcedColors === true;
    const tab = isOwn ? null : (idle.pop() ?? (await PanelTab.open(browser())));
    const panel = await (tab === null
      ? PanelPage.open(browser(), options)
      : PanelPage.openIn(tab, options));
    open.push({ panel, tab });
    return panel;
  };
}
