/** The card of a case in each of its states, with the windows and messages that lead from one to the next. */
import type { Locator } from 'playwright-core';
import { approve, ask } from './deeds.ts';
import type { Reader } from './reader.ts';
import { picture, type Studio } from './studio.ts';

const card = (reader: Reader): Locator => reader.channel().locator('.message').first();
const lastReply = (reader: Reader): Locator => reader.thread().locator('.message').last();

const until = async ({ desk, phone }: Studio, words: string): Promise<void> => {
  await card(desk).getByText(words).first().waitFor();
  await card(phone).getByText(words).first().waitFor();
};

/** A picture of the thread's newest message; the phone goes back to the channel. */
const inThread = async (studio: Studio, name: string): Promise<void> => {
  const { desk, phone } = studio;
  await desk.openThread();
  await phone.openThread();
  await studio.both(name, lastReply);
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  await phone.thread().locator('.back').click();
};

/** From the first look to the end of the case. */
export const lifeOfACase = async (studio: Studio): Promise<void> => {
  const { desk, night } = studio;
  await studio.both('card-new', card);

  await studio.playAs('U0MARIA');
  await card(desk).locator('[data-action-id=acknowledge]').click();
  await until(studio, 'Acknowledged');
  await studio.both('card-acknowledged', card);

  await ask(desk);
  await desk.modal().getByRole('textbox').blur();
  await studio.modal('plan');
  await desk.submit('Suspected attack');
  await until(studio, 'Approval needed');
  await studio.both('card-awaiting', card);
  await inThread(studio, 'approval');

  await night.world.advance(60);
  const slowly = { operation: 'ModifyNetworkInterfaceAttribute', kind: 'delay' } as const;
  night.world.aws.faults.add({ ...slowly, count: 1, delayMs: 4000 });
  await studio.playAs('U0ANA');
  await desk.openThread();
  await desk.thread().locator('[data-action-id=approve]').click();
  await until(studio, 'Containing');
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  await studio.both('card-executing', card);
  await until(studio, 'Contained');
  await studio.both('card-contained', card);

  await night.world.advance(240);
  await studio.playAs('U0MARIA');
  await desk.openThread();
  await desk.thread().locator('[data-action-id=undo]').click();
  await desk.modal().getByText('What changes').waitFor();
  await desk.modal().getByRole('radio', { name: 'Threat is gone' }).check();
  await studio.modal('undo');
  await desk.submit('Threat is gone');
  await until(studio, 'Undone');
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  await studio.both('card-undone', card);

  await card(desk).locator('[data-action-id=resolve]').click();
  await desk.modal().getByText('True positive').waitFor();
  await desk.modal().getByRole('radio', { name: 'True positive' }).check();
  await desk.modal().getByRole('textbox').fill('Beacon removed, image rebuilt, INC-4211');
  await studio.modal('resolve');
  await desk.modal().locator('[data-modal=submit]').click();
  await until(studio, 'Resolved');
  await desk.modal().locator('[data-modal=close]').click();
  await studio.both('card-resolved', card);
};

/** AWS refuses a step: the card says that it is not contained, the thread which step. */
export const failure = async (studio: Studio): Promise<void> => {
  const { desk, night } = studio;
  await ask(desk);
  await desk.submit('Confirmed attack');
  night.world.aws.faults.add({ operation: 'ModifyNetworkInterfaceAttribute', kind: 'deny' });
  await approve(desk, 'failed');
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  await until(studio, 'Not contained');
  await studio.both('card-failed', card);
  await inThread(studio, 'failed');
};

/** Who may not do it is told why. */
export const refusal = async ({ desk, night }: Studio): Promise<void> => {
  await ask(desk);
  await desk.submit('Suspected attack');
  await desk.openThread();
  await night.world.advance(60);
  await desk.thread().locator('[data-action-id=approve]').click();
  const refused = desk.thread().locator('.ephemeral');
  await refused.waitFor();
  await picture(desk, 'refused', desk.thread().locator('.actions').last(), refused);
};
