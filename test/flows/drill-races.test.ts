/** Two workers at one drill: one record is the drill, and nobody goes on for ever. */
import { expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import type { Case } from '../../src/cases/case.ts';
import type { Drill } from '../../src/drills/drill.ts';
import { scenarioById } from '../../src/drills/index.ts';
import { startDrill } from '../../src/flows/drill/start-drill.ts';
import { twistOnce } from '../../src/flows/drill/twist-once.ts';

const chance = { now: () => Date.parse('2026-11-22T09:00:00Z'), id: () => 'second' };

test('whoever is second to start a drill answers with the first one’s record, and draws its case', async () => {
  const scenario = scenarioById('stolen-key');
  if (!scenario) throw new Error('no scenario');
  let first: Drill | undefined;
  const made: Case[] = [];
  const started = await startDrill(
    {
      config,
      chance,
      wake: { wake: async () => undefined, hurry: async () => undefined },
      cases: {
        get: async () => undefined,
        async create(theCase) {
          made.push(theCase);
          return true;
        },
        save: async () => false,
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
  expect(made.map(({ drill, openedAt }) => [drill?.id, openedAt])).toEqual([
    ['first', '2026-11-22T08:59:59.000Z'],
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
