/** The page of `npm start` in a real browser, at desktop and at phone width. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { start } from '../../src/cli/start.ts';
import { hasBrowser, launch } from './browser.ts';
import { openReader, type Reader, type Window } from './reader.ts';

const instance = '[data-instance=i-0a1b2c3d4e5f60718]';
const isolate = '[data-action-id="plan:isolate-instance"]';
const open = ['web', 'admin', 'admin'];
const isolated = ['cordon-quarantine', 'cordon-quarantine'];

const desktop: Window = { width: 1440, height: 900 };
const phone: Window = { width: 390, height: 844 };

type Story = (reader: Reader, size: Window) => Promise<void>;

/** Waits until the AWS tab draws these as the security groups of the instance's interfaces. */
const hasGroups = async (reader: Reader, expected: readonly string[]): Promise<void> => {
  await reader.tab('aws');
  const chips = reader.page.locator(instance).locator('.chip:not(.gone)');
  await expect.poll(() => chips.allInnerTexts()).toEqual(expected);
};

const firstScreen: Story = async (reader, { width, height }) => {
  const log = reader.channel().locator('.log');
  // Smooth scrolling takes its time, and now and then Chromium gives up some pixels before its end.
  const top = async (): Promise<number> => {
    await log.press('Home');
    return log.evaluate(({ scrollTop }) => scrollTop);
  };
  await expect.poll(top, { interval: 250 }).toBe(0);
  const card = reader.channel().locator('.message').first();
  const controls = await card.locator('.actions [data-action-id]').all();
  expect(controls.length).toBeGreaterThan(0);
  expect(controls.length).toBeLessThanOrEqual(4);
  const lines = ["attacker's control server", 'HIGH', 'Open', 'prod-payments', 'checkout-api'].map(
    (words) => card.getByText(words).first(),
  );
  for (const place of [...lines, ...controls]) {
    const box = await place.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }
};

const fromCardToUndo: Story = async (reader) => {
  await hasGroups(reader, open);

  await reader.guide('contain');
  await reader.channel().locator(isolate).click();
  await reader.modal().getByText('What changes').waitFor();
  await reader.submit('Confirmed attack', 'INC-4211');
  await hasGroups(reader, open);

  await reader.guide('approve');
  const request = reader.thread().locator('.message').last();
  await request.getByText('Asked by Maria Okafor: Confirmed attack – INC-4211').waitFor();
  await request.locator('[data-action-id=approve]').click();
  await request.getByText('Contained and verified').waitFor();
  await request.getByText('Approved by Ana Ortiz').waitFor();

  await reader.guide('verify');
  await reader.page.locator(instance).getByText('Isolated').waitFor();
  await hasGroups(reader, isolated);

  await reader.guide('undo');
  await reader.thread().locator('[data-action-id=undo]').click();
  await reader.modal().getByText('What changes').waitFor();
  await reader.submit('Threat is gone');
  await reader.thread().getByText('the recorded values are back and verified').last().waitFor();
  await hasGroups(reader, open);
  await reader.ticked(['read', 'contain', 'approve', 'verify', 'undo']);
};

const refusedWithReason: Story = async (reader) => {
  for (const [step, reason] of [
    ['cheat-guest', 'Guests cannot act.'],
    ['cheat-stranger', 'You belong to another Slack workspace.'],
  ] as const) {
    await reader.guide(step);
    await reader.channel().locator(isolate).click();
    await reader.modal().getByText(reason).waitFor();
    await reader.modal().locator('[data-modal=close]').click();
  }
  await reader.playAs('U0MARIA');
  await reader.channel().locator(isolate).click();
  await reader.submit('Suspected attack');
  await reader.guide('cheat-alone');
  await reader.thread().locator('[data-action-id=approve]').click();
  const told = reader.thread().locator('.ephemeral');
  await told.getByText('You are not an approver.').waitFor();
  await told.getByText('Ask @sec-approvers').waitFor();
  await hasGroups(reader, open);
  await reader.ticked(['cheat-alone', 'cheat-guest', 'cheat-stranger']);
};

const stoppedHalfWay: Story = async (reader) => {
  await reader.playAs('U0MARIA');
  await reader.channel().locator(isolate).click();
  await reader.submit('Drill');
  await reader.fault('ec2-delay');
  await reader.playAs('U0ANA');
  await reader.openThread();
  await reader.thread().locator('[data-action-id=approve]').click();
  await reader.thread().locator('[data-action-id=stop]').waitFor();
  await reader.playAs('U0MARIA');
  await reader.openThread();
  await reader.thread().locator('[data-action-id=stop]').click();
  await reader.thread().getByText('Not done: Swap security groups').last().waitFor();
  await reader.fault('clear');
  await reader.thread().locator('[data-action-id=finish]').click();
  await reader.thread().getByText('Contained and verified').waitFor();
  await hasGroups(reader, isolated);
};

const inPhoneFrame: Story = async (reader) => {
  await reader.page.locator('[data-toggle=phone]').click();
  const frame = reader.page.frameLocator('.phone iframe');
  await frame.locator(isolate).click();
  await frame.locator('dialog.slack-modal').getByText('What changes').waitFor();
  await reader.modal().getByText('What changes').waitFor();
  expect(await frame.locator('.unknown-block').count()).toBe(0);
};

describe.runIf(hasBrowser())('the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test.each<readonly [string, Story, Window]>([
    ['the card’s first screen has what, how bad, where and the controls', firstScreen, desktop],
    ['a phone shows the same on its first screen', firstScreen, phone],
    ['the guide leads to contained, verified and undone', fromCardToUndo, desktop],
    ['on a phone, the guide leads to contained, verified and undone', fromCardToUndo, phone],
    ['who may not is told why, and nothing changes', refusedWithReason, desktop],
    ['on a phone, who may not is told why, and nothing changes', refusedWithReason, phone],
    ['a run is stopped half-way and finished', stoppedHalfWay, desktop],
    ['the phone frame beside the channel is the same page', inPhoneFrame, desktop],
  ])('%s', async (_, story, size) => {
    const folder = mkdtempSync(join(tmpdir(), 'cordon-browser-'));
    const local = await start({ config, port: 0, folder, withCase: true });
    const reader = await openReader(browser, local.server.url, size);
    await story(reader, size);
    const problems = await reader.problems();
    await reader.page.context().close();
    await local.close();
    expect(problems).toEqual([]);
  });
});
