/** Every playbook from an event of a rule that recommends it to a resolved case. */
import { afterEach, expect, test, vi } from 'vitest';
import { type Play, people, play } from './play.ts';
import { doTheRest, requestSays, run } from './playbook-acts.ts';
import { severity, told } from './playbook-events.ts';

// Long runs: on a machine that does other things too they take their time.
vi.setConfig({ testTimeout: 120_000 });

let stage: Play;

afterEach(() => stage.close());

test.each(told)('$id: from the event to a resolved case', async ({ id, event }) => {
  expect(event).toBeDefined();
  stage = await play({ config: { severity } });
  await stage.world.events([event]);
  expect(stage.controls(stage.card())[0]).toBe(`plan:${id}`);
  const plan = await run(stage, id);
  await doTheRest(stage);
  const card = requestSays(stage);
  expect(stage.cardSays()).toMatch(/\*(Contained|Done)\*, verified/);
  // Whatever the plan promised is ticked or read back, and nothing else was changed.
  expect(card).not.toMatch(/○|✗|Not done/);
  expect(card.match(/✓/g)?.length).toBe(
    plan.match(/\d+\. (Contain|Keep evidence|Eradicate|Recover|Verify): /g)?.length,
  );
  await stage.choose(people.maria, 'Resolve');
  await stage.fill(people.maria, { classification: 'true-positive', note: 'worked through' });
  expect(stage.cardSays()).toContain('*Resolved*');
  await stage.curtain();
});
