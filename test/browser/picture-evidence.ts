/** What a stolen key's thread says about it before anybody has asked. */
import { leakedKeyAlert } from '../../src/local/scenarios/alerts.ts';
import type { Reader } from './reader.ts';
import { type Studio, unfolded } from './studio.ts';

export const evidence = async (studio: Studio): Promise<void> => {
  const { desk, phone, night } = studio;
  await leakedKeyAlert.run(night.world);
  await night.world.advance(30);
  await studio.playAs('U0MARIA');
  const message = (reader: Reader) =>
    reader.thread().locator('.message').filter({ hasText: 'Gathered by itself' }).last();
  for (const reader of [desk, phone]) {
    await reader.openThread();
    await message(reader).waitFor();
    await unfolded(reader.thread().locator('.log'));
  }
  await studio.both('evidence', message);
};
