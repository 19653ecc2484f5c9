import { afterEach, expect, test } from 'vitest';
import { compromisedServer, guardDutyEvent } from '../../src/local/scenarios/guardduty-event.ts';
import { stormSize } from '../../src/local/scenarios/storm.ts';
import { killer } from './killer.ts';
import { type Play, play } from './play.ts';
import { wordsIn } from './screen.ts';

let stage: Play;

afterEach(() => stage.close());

const said = (): string =>
  stage
    .cards()
    .map(({ blocks }) => wordsIn(blocks))
    .join('\n');

test('a storm is one roll-up at once, then a card for each case, then a message that adds up', async () => {
  stage = await play();
  const { servers, findings, low } = stormSize;
  await stage.scenario('storm');
  expect(said()).toContain('Many alerts at once');
  expect(stage.cards().length).toBeLessThan(servers);
  const early = await stage.world.balance(1);
  expect(early).toMatchObject({
    balance: { received: findings + low, digest: low },
    verdict: { kind: 'balanced' },
  });
  expect(early.balance.waiting).toBeGreaterThan(0);

  await stage.world.advance(40);
  expect(await stage.world.balance(1)).toMatchObject({
    balance: { shown: servers, grouped: findings - servers, digest: low, waiting: 0, undecided: 0 },
    verdict: { kind: 'balanced' },
  });
  // Each case its card, the roll-up, and the message that adds up.
  expect(stage.cards()).toHaveLength(servers + 2);
  expect(said()).toContain('Many alerts at once: over');
  expect(said()).toContain('it adds up');
  // Posted once and never edited: what it says has to be true when it is said.
  expect(said()).not.toContain('waiting for their card');
  expect(said()).toContain(`${findings + low} received`);
  expect(said()).toContain('for the digest');
  await stage.curtain({ pings: servers + 2 });
}, 120_000);

test('what died with its ingest is counted on the roll-up until it comes again', async () => {
  // Before its second write: that they arrived is stored, and nothing else.
  const killing = killer('ingest', 2);
  stage = await play({ wrap: killing.wrap });
  await stage.scenario('storm');
  killing.arm(stage.world);
  const now = stage.world.clock.now();
  await stage.world.events(
    ['1', '2', '3'].map((n) => guardDutyEvent({ ...compromisedServer, id: n.repeat(32) }, now)),
  );
  expect(killing.killed()).toBe(true);
  await stage.world.advance(4);
  expect(said()).toMatch(/[123] being read/);
  await stage.world.advance(90);
  expect(said()).toContain('Many alerts at once: over');
  expect(await stage.world.balance(1)).toMatchObject({
    balance: { received: stormSize.findings + stormSize.low + 3, waiting: 0, undecided: 0 },
    verdict: { kind: 'balanced' },
  });
  await stage.curtain({ pings: stormSize.servers + 3 });
}, 120_000);

test('what died before anything of it was stored is shown as soon as it comes again', async () => {
  const killing = killer('ingest', 1);
  const woken: string[] = [];
  stage = await play({
    wrap: (functions, another) => {
      const killed = killing.wrap(functions, another);
      return {
        ...killed,
        notify: (event) => {
          woken.push(...event.Records.map(({ body }) => body));
          return killed.notify(event);
        },
      };
    },
  });
  await stage.scenario('storm');
  killing.arm(stage.world);
  const now = stage.world.clock.now();
  await stage.world.events([guardDutyEvent({ ...compromisedServer, id: '7'.repeat(32) }, now)]);
  expect(killing.killed()).toBe(true);
  const { findings, low } = stormSize;
  expect((await stage.world.balance(1)).balance.received).toBe(findings + low);
  expect(woken).not.toContain('{"hurry":true}');
  await stage.world.advance(31);
  expect((await stage.world.balance(1)).balance.received).toBe(findings + low + 1);
  expect(woken).toContain('{"hurry":true}');
  expect(stage.cards()).toHaveLength(stormSize.servers + 3);
  await stage.curtain({ pings: stormSize.servers + 3 });
});
