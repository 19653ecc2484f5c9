/** The review of a closed case: the canvas behind its link, and the thread's message with the button below it. */
import type { Locator } from 'playwright-core';
import { approve, ask } from './deeds.ts';
import type { Reader } from './reader.ts';
import { picture, type Studio, unfolded } from './studio.ts';

const canvas = (reader: Reader): Locator => reader.page.locator('dialog.canvas-dialog');

const open = async (reader: Reader): Promise<void> => {
  await reader.openThread();
  await reader.thread().getByRole('link', { name: 'Open the review' }).click();
  await canvas(reader).getByText('Contributing factors').waitFor();
  await canvas(reader).evaluate((dialog) => {
    dialog.style.maxHeight = 'none';
    dialog.style.height = 'fit-content';
  });
  await unfolded(canvas(reader).locator('.modal-body'));
};

/** Contained after an approval that waited, then closed. */
export const reviewed = async (studio: Studio): Promise<void> => {
  const { desk, phone, night } = studio;
  await ask(desk);
  await desk.submit('Suspected attack');
  await night.world.advance(7 * 60);
  await approve(desk);
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  await night.world.advance(20 * 60);
  await desk.playAs('U0MARIA');
  await desk.channel().locator('[data-action-id=resolve]').first().click();
  await desk.modal().getByRole('radio', { name: 'True positive' }).check();
  await desk.modal().getByRole('textbox').fill('Beacon removed, image rebuilt, INC-4211');
  await desk.modal().locator('[data-modal=submit]').click();
  await desk.modal().getByText('The card says what it was').waitFor();
  await desk.modal().locator('[data-modal=close]').click();
  await night.world.advance(180);
  await studio.playAs('U0MARIA');
  for (const reader of [desk, phone]) await open(reader);
  await picture(desk, 'review', canvas(desk));
  await picture(phone, 'review-narrow', canvas(phone));
};
