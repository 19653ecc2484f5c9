import { afterEach, expect, test } from 'vitest';
import { askToIsolate, groups } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

/** Maria asks again for what did not come about; answers the approval card. */
const askAgain = async () => {
  await stage.press(people.maria, 'plan:isolate-instance');
  await stage.submit(people.maria, 'confirmed');
  return stage.withControl('approve');
};

test('an account that is switched off after the request is not changed by its approval', async () => {
  stage = await play();
  const asked = await askToIsolate(stage);
  const { accounts } = stage.world.config;
  for (const [id, account] of Object.entries(accounts))
    Object.assign(accounts, { [id]: { ...account, response: false } });
  await stage.press(people.ana, 'approve', asked);
  expect(stage.mutations()).toEqual([]);
  expect(stage.threadSays().join()).toContain('Response is switched off');
  expect(await stage.requestAudits()).toEqual([
    ['request.created', 'request.approved', 'request.failed'],
  ]);
});

test('the undo of a later try restores what failed half-way, though a try in between was withdrawn', async () => {
  stage = await play();
  const before = groups(stage);
  const asked = await askToIsolate(stage);
  const modify = { service: 'ec2', operation: 'ModifyNetworkInterfaceAttribute' };
  // Two idle timeouts and the first interface go well.
  stage.world.aws.faults.add({ ...modify, kind: 'delay', count: 3, delayMs: 1 });
  stage.world.aws.faults.add({ ...modify, kind: 'deny', count: 1 });
  await stage.press(people.ana, 'approve', asked);
  const changed = groups(stage).filter((names, nth) => `${names}` !== `${before[nth]}`);
  expect(changed).toHaveLength(1);

  await stage.world.advance(60);
  await stage.press(people.maria, 'withdraw', await askAgain());
  await stage.world.advance(60);
  await stage.press(people.ana, 'approve', await askAgain());
  expect(stage.cardSays()).toContain('*Contained*, verified');

  await stage.press(people.ana, 'undo', stage.withControl('undo'));
  await stage.submit(people.ana, 'resolved');
  expect(groups(stage)).toEqual(before);
});
