/** Somebody in front of the page: what they press and see, at desktop and at phone width. */
import type { Browser, Locator, Page } from 'playwright-core';

export interface Reader {
  readonly page: Page;
  /** Everything that went wrong in the page so far. */
  problems(): Promise<readonly string[]>;
  /** Follows a step's “Show me” in the guide. */
  guide(step: string): Promise<void>;
  /** Waits until the guide has ticked these steps by itself. */
  ticked(steps: readonly string[]): Promise<void>;
  tab(id: 'guide' | 'aws' | 'calls' | 'audit'): Promise<void>;
  playAs(user: string): Promise<void>;
  /** Opens the newest thread, unless one is open. */
  openThread(): Promise<void>;
  /** Chooses an entry of the faults menu. */
  fault(id: string): Promise<void>;
  channel(): Locator;
  thread(): Locator;
  modal(): Locator;
  /** Chooses a reason in the open plan, adds `text`, submits, and closes the answer. */
  submit(reason: string, text?: string): Promise<void>;
}

/** Widths at which the page is a phone's (src/local/page/style/narrow.css). */
const phoneWidth = 800;

const watch = (page: Page): readonly string[] => {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    if (!request.url().endsWith('/stream')) problems.push(`request failed: ${request.url()}`);
  });
  return problems;
};

export interface Window {
  readonly width: number;
  readonly height: number;
  /** Pixels of a picture for each of the page's. */
  readonly scale?: number;
}

/** Opens `url` in a window of its own, in Central European time. */
export const openReader = async (browser: Browser, url: string, size: Window): Promise<Reader> => {
  const context = await browser.newContext({
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size.scale ?? 1,
    timezoneId: 'Europe/Madrid',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const found = watch(page);
  await page.goto(url);
  await page.locator('.message').first().waitFor();
  const narrow = size.width < phoneWidth;
  const tab: Reader['tab'] = (id) => page.locator(`.tab[data-tab=${id}]`).click();
  const modal = () => page.locator('dialog.slack-modal');
  return {
    page,
    async problems() {
      const unknown = await page.locator('.unknown-block').allInnerTexts();
      return [...found, ...unknown.map((text) => `unknown block: ${text}`)];
    },
    async guide(step) {
      await tab('guide');
      await page.locator(`[data-show=${step}]`).click();
    },
    async ticked(steps) {
      await tab('guide');
      for (const step of steps) await page.locator(`[data-step=${step}][data-done=true]`).waitFor();
    },
    tab,
    async playAs(user) {
      if (narrow) await page.locator('.tab[data-screen=home]').click();
      await page.locator(`[data-user=${user}]`).click();
    },
    async openThread() {
      if (await page.locator('[data-pane=thread]').isVisible()) return;
      await page.locator('[data-pane=channel] [data-thread]').last().click();
    },
    async fault(id) {
      await page.locator('[data-menu=faults]').click();
      await page.locator(`[data-fault="${id}"]`).click();
    },
    channel: () => page.locator('[data-pane=channel]'),
    thread: () => page.locator('[data-pane=thread]'),
    modal,
    async submit(reason, text) {
      await modal().getByRole('radio', { name: reason }).check();
      if (text !== undefined) await modal().getByRole('textbox').fill(text);
      await modal().locator('[data-modal=submit]').click();
      await modal().getByText('Requested').waitFor();
      await modal().locator('[data-modal=close]').click();
      await modal().waitFor({ state: 'detached' });
    },
  };
};
