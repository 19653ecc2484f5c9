/** ingest dies before any one of its writes; SQS delivers again, and nothing is lost or counted twice. */
import { afterEach, expect, test } from 'vitest';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { killer } from './killer.ts';
import { type Play, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

/** Two findings about one server, and its first for the second time. */
const batch = () => {
  const first = guardDutyEvent(compromisedServer, stage.world.clock.now());
  const second = guardDutyEvent(
    { ...compromisedServer, id: '5ab4d7c1e0f29d3c8b7a6e5f4d3c2b1a', type: 'Recon:EC2/Portscan' },
    stage.world.clock.now(),
  );
  return [first, second, first];
};

/** Answers whether ingest had so many writes to make. */
const killedBefore = async (nth: number): Promise<boolean> => {
  const killing = killer('ingest', nth);
  stage = await play({ wrap: killing.wrap });
  killing.arm(stage.world);
  await stage.world.events(batch());
  if (killing.killed()) await stage.world.advance(60);
  await stage.world.advance(10);
  expect(stage.cards(), `killed before write ${nth}`).toHaveLength(1);
  expect(stage.cardSays()).toContain('2 findings');
  expect(await stage.world.balance(1)).toMatchObject({
    balance: { received: 2, shown: 1, grouped: 1, waiting: 0, undecided: 0 },
    verdict: { kind: 'balanced' },
  });
  const opened = (await stage.audit()).filter((kind) => kind === 'case.opened');
  expect(opened, `killed before write ${nth}`).toHaveLength(1);
  await stage.curtain();
  return killing.killed();
};

test('killed before any one of its writes, one case has both findings, each counted once', async () => {
  let nth = 1;
  while (await killedBefore(nth)) {
    await stage.close();
    nth += 1;
  }
  expect(nth).toBeGreaterThan(8);
});
