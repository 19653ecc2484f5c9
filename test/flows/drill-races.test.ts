/** Two workers at one drill: one record is the drill, and nobody goes on for ever. */
import { expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import type { Drill } from '../../src/drills/drill.ts';
import { scenarioById } from '../../src/drills/index.ts';
import { startDrill } from '../../src/flows/drill/start-drill.ts';
import { twistOnce } from '../../src/flows/drill/twist-once.ts';

const chance = { now: () => Date.parse('2026-11-22T09:00:00Z'), id: () => 'second' };

test('whoever is second to start a drill answers with the first one’s record, and sends that one’s event', async () => {
  const scenario = scenarioById('stolen-key');
  if (!scenario) throw new Error('no scenario');
  let first: Drill | undefined;
  const sent: object[] = [];
  const started = await startDrill(
    {
      config,
      chance,
      intake: {
        async send(message) {
          sent.push(message);
        },
      },
      drills: {
        of: async () => first,
        async start(drill) {
          first = { ...drill, id: 'first', startedAt: '2026-11-22T08:59:59.000Z' };
          return false;
        },
      },
    },
    { scenario, seed: 'seed', people: [] },
  );
  expect(started).toEqual({ kind: 'started', drill: first });
  expect(sent).toMatchObject([
    { id: 'first', detail: { startedAt: '2026-11-22T08:59:59.000Z', mark: { id: 'first' } } },
  ]);
});

test('a twist that loses every race gives up and says so', async () => {
  const drill: Drill = {
    ...{ id: 'one', case: 'C000000001', scenario: 'stolen-key', account: '123456789012' },
    ...{ region: 'eu-west-1', startedAt: '2026-11-22T09:00:00.000Z', people: [] },
    until: '2026-11-22T10:00:00.000Z',
    twist: { kind: 'counter-move' },
  };
  const drills = { after: async () => [], append: async () => false };
  await expect(twistOnce({ chance, drills }, drill, 'counter-move')).rejects.toThrow(
    '50 races lost',
  );
});
