/** The screens besides the card: home tab, posture, digest, a list, a storm, and the step-up page. */
import type { Locator } from 'playwright-core';
import { scenarios } from '../../src/local/scenarios/index.ts';
import { approve, ask, isolate } from './deeds.ts';
import type { Reader } from './reader.ts';
import { type Studio, unfolded } from './studio.ts';

const run = async ({ night: { world } }: Studio, id: string): Promise<void> => {
  const found = scenarios.find((one) => one.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  await found.run(world);
};

const last = (reader: Reader): Locator => reader.channel().locator('.ephemeral').last();

/** Runs `/cordon text` at the desk; the phone sees the same answer. */
const command = async ({ desk, phone }: Studio, text: string, until: string): Promise<void> => {
  await desk.page.locator('[data-focus=composer]').fill(`/cordon ${text}`);
  await desk.page.locator('[data-focus=composer]').press('Enter');
  for (const reader of [desk, phone]) await last(reader).getByText(until).first().waitFor();
};

const openHome = async ({ desk, phone }: Studio, user: string): Promise<void> => {
  await desk.playAs(user);
  await phone.playAs(user);
  await phone.page.locator('.tab[data-screen=home]').click();
  for (const reader of [desk, phone]) {
    await reader.page.locator('[data-home=open]').click();
    await reader.page.locator('[data-pane=home]').getByText('Posture').first().waitFor();
    await unfolded(reader.page.locator('[data-pane=home] .log'));
  }
};

const backToChannel = async ({ desk, phone }: Studio): Promise<void> => {
  await phone.page.locator('.tab[data-screen=home]').click();
  for (const reader of [desk, phone]) await reader.page.locator('[data-channel]').first().click();
};

/** A morning with something contained, something that waits, and something nobody has. */
export const screens = async (studio: Studio): Promise<void> => {
  const { desk, night } = studio;
  await ask(desk);
  await desk.submit('Suspected attack');
  await approve(desk);
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  for (const id of ['leaked-key', 'stolen-session', 'public-bucket', 'port-scan'])
    await run(studio, id);
  await night.world.advance(30);
  await desk.playAs('U0MARIA');
  await desk.channel().locator(isolate).last().click();
  await desk.modal().getByText('What changes').waitFor();
  await desk.submit('Suspected attack');
  await night.world.advance(30);
  await studio.playAs('U0LEE');
  await command(studio, 'posture', 'Posture of all');
  await studio.both('posture', last);
  await command(studio, 'cases', 'Open cases');
  await studio.both('cases', last);
  await openHome(studio, 'U0ANA');
  await studio.both('home', (reader) => reader.page.locator('[data-pane=home] .log'));
  await studio.playAs('U0LEE');
  // To Monday morning, when the digest tells the week.
  const monday = Date.parse('2026-11-23T09:01:00Z');
  night.world.clock.moveTo(monday);
  await night.world.tick();
  await night.world.advance(120);
  await backToChannel(studio);
  const digest = (reader: Reader): Locator =>
    reader.channel().locator('.message').filter({ hasText: 'The week to' }).last();
  await digest(desk).waitFor();
  await studio.both('digest', digest);
};

/** Five hundred findings at once. */
export const stormy = async (studio: Studio): Promise<void> => {
  await run(studio, 'storm');
  await studio.night.world.advance(2);
  const rollUp = (reader: Reader): Locator =>
    reader.channel().locator('.message').filter({ hasText: 'Many alerts at once' }).first();
  await rollUp(studio.desk).waitFor();
  await studio.both('storm', rollUp);
  await studio.night.world.advance(60);
  await studio.both('storm-over', (reader) =>
    reader.channel().locator('.message').filter({ hasText: 'it adds up' }).last(),
  );
};
