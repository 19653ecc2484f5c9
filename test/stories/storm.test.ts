import { afterEach, expect, test } from 'vitest';
import { stormSize } from '../../src/local/scenarios/storm.ts';
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
