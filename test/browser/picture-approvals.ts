/** A plan with boxes, an announcement that counts down, and the page on which tier 3 is confirmed. */
import type { Page, Route } from 'playwright-core';
import type { CordonConfig } from '../../src/config/config.ts';
import { leakedKeyAlert } from '../../src/local/scenarios/alerts.ts';
import { stepUpEvent } from '../../src/local/step-up-requests.ts';
import { ask } from './deeds.ts';
import type { Reader } from './reader.ts';
import { picture, type Studio } from './studio.ts';

export const choices = async (studio: Studio): Promise<void> => {
  const { desk, phone, night } = studio;
  await leakedKeyAlert.run(night.world);
  await night.world.advance(30);
  await studio.playAs('U0MARIA');
  await desk.page.locator('[data-focus=composer]').fill('/cordon request contain-user ci-deploy');
  await desk.page.locator('[data-focus=composer]').press('Enter');
  for (const reader of [desk, phone]) await reader.modal().getByText('What changes').waitFor();
  await studio.modal('choices');
};

export const withVeto: Partial<CordonConfig> = {
  automation: {
    accounts: ['123456789012'],
    vetoSeconds: 120,
    runsPerHour: 3,
    rules: [
      { id: 'isolate-servers', on: ['control-server'], mode: 'veto', action: 'isolate-instance' },
    ],
  },
};

export const veto = async (studio: Studio): Promise<void> => {
  const { desk, phone } = studio;
  await studio.playAs('U0MARIA');
  const announced = (reader: Reader) =>
    reader
      .thread()
      .locator('.message')
      .filter({ has: reader.page.locator('[data-action-id=veto]') });
  for (const reader of [desk, phone]) {
    await reader.openThread();
    await announced(reader).first().waitFor();
  }
  await studio.both('veto', (reader) => announced(reader).first());
};

export const atTier3: Partial<CordonConfig> = { tiers: { 'isolate-instance': 3 } };

/** A browser at the confirmation page: what it sends goes through the step-up function. */
const atThePage = (page: Page, { night: { world } }: Studio) =>
  page.route('http://localhost:4747/**', async (route: Route) => {
    const request = route.request();
    if (request.url().includes('/sign-in/authorize'))
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: world.issuer.page(request.url()),
      });
    const { pathname, search } = new URL(request.url());
    const answer = await world.stepUp(
      stepUpEvent(
        {
          method: request.method(),
          url: `${pathname}${search}`,
          headers: { origin: 'http://localhost:4747', ...request.headers() },
        },
        request.postData() ?? '',
        world.clock.now(),
      ),
    );
    return route.fulfill({
      status: answer.statusCode ?? 500,
      headers: answer.headers as Record<string, string>,
      body: answer.body ?? '',
    });
  });

/** The link that Ana was told, followed at the desk and on the phone; then she signs in anew. */
export const stepUp = async (studio: Studio): Promise<void> => {
  const { desk, phone, night } = studio;
  await ask(desk);
  await desk.submit('Suspected attack');
  await studio.playAs('U0ANA');
  await desk.openThread();
  await desk.thread().locator('[data-action-id=approve]').click();
  await desk.page.getByText('your approval counts when you confirm it').first().waitFor();
  const [link = ''] =
    /http:\/\/localhost:4747\/step-up#\w+/.exec(JSON.stringify(night.world.slack.state())) ?? [];
  for (const [reader, name] of [
    [desk, 'step-up'],
    [phone, 'step-up-narrow'],
  ] as const) {
    const page = await reader.page.context().newPage();
    await page.setViewportSize({ width: reader === desk ? 760 : 390, height: 1400 });
    await atThePage(page, studio);
    await page.goto(link);
    await page.getByRole('button', { name: 'Approve by signing in anew' }).waitFor();
    await picture({ ...reader, page }, name, page.locator('main'));
    if (reader === phone) {
      await page.getByRole('button', { name: 'Approve by signing in anew' }).click();
      await page.getByRole('link', { name: 'ana.ortiz@example.com' }).click();
      await page.getByText('Confirmed').waitFor();
    }
  }
  await desk.thread().getByText('1 of 2 approvals').first().waitFor();
};
