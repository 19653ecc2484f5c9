/** What automation in shadow says in the thread, and on Monday how it compares with what people did. */
import type { CordonConfig } from '../../src/config/config.ts';
import { approve, ask } from './deeds.ts';
import type { Reader } from './reader.ts';
import { picture, type Studio } from './studio.ts';

export const inShadow: Partial<CordonConfig> = {
  automation: {
    accounts: [],
    vetoSeconds: 120,
    runsPerHour: 3,
    rules: [
      { id: 'isolate-servers', on: ['control-server'], mode: 'shadow', action: 'isolate-instance' },
    ],
  },
  digest: { at: '09:00', containMinutes: 60, resolveHours: 72, timeZone: 'UTC' },
};

/** The night begins on a Sunday. */
const monday = Date.parse('2026-11-23T08:59:00Z');

export const shadow = async (studio: Studio): Promise<void> => {
  const { desk, phone, night } = studio;
  await ask(desk);
  const would = (reader: Reader) =>
    reader.thread().locator('.message').filter({ hasText: 'Automation would have run this' });
  await desk.submit('Suspected attack');
  await approve(desk);
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  for (const reader of [desk, phone]) {
    await reader.openThread();
    await would(reader).waitFor();
  }
  await studio.both('shadow', would);
  await desk.thread().getByRole('button', { name: 'Close' }).click();
  night.world.clock.moveTo(monday);
  await night.world.advance(240);
  const week = desk.channel().locator('.message').filter({ hasText: 'in shadow: would have run' });
  await week.last().waitFor();
  await picture(desk, 'shadow-report', week.last());
};
