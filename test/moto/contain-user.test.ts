/** A user whose password is chosen too, and who fights back: the same in moto and in the simulated world. */
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  DeleteAccessKeyCommand,
  DetachUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { choose } from '../../src/actions/choices.ts';
import { containUser } from '../../src/actions/contain-user.ts';
import { type Part, partsOf } from '../../src/actions/parts.ts';
import { stepsOf } from '../../src/execution/plan-undo.ts';
import { secondLook } from '../../src/execution/second-look.ts';
import { type Cloud, type Lane, openLane } from './clouds.ts';
import { onBoth, planned, planOn, portsFor, runAll } from './contain.ts';
import { account, region } from './seed.ts';
import type { Sent } from './watch.ts';

const sent: Sent[] = [];
let lane: Lane;
beforeAll(async () => {
  lane = await openLane(sent, true);
});
afterAll(() => lane.stop());

const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';
const target = () => ({ kind: 'user', id: lane.example.user, account, region }) as const;

const simulatedUser = ({ world }: Cloud) => {
  const user = world.account(account).users.get(lane.example.user);
  if (!user) throw new Error(`There is no user ${lane.example.user}`);
  return user;
};

/** Makes a console password, as its owner or as an attacker. */
const makePassword = async (cloud: Cloud): Promise<void> => {
  if (cloud.name === 'simulated') simulatedUser(cloud).password = true;
  else
    await cloud.owner.iam.send(
      new CreateLoginProfileCommand({ UserName: lane.example.user, Password: 'example-Pass-1!' }),
    );
};

const fightBack = async (cloud: Cloud): Promise<void> => {
  const UserName = lane.example.user;
  await makePassword(cloud);
  if (cloud.name === 'simulated') {
    const user = simulatedUser(cloud);
    user.attached = [];
    user.keys = user.keys.filter(({ id }) => id !== lane.example.idleKey);
    user.keys.push({ id: 'AKIAIZ7XTNN7NEXAMPLE', status: 'Active' });
    return;
  }
  await cloud.owner.iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: denyAll }));
  // A user has two keys at most, so an attacker deletes one first: that one is no counter-move.
  await cloud.owner.iam.send(
    new DeleteAccessKeyCommand({ UserName, AccessKeyId: lane.example.idleKey }),
  );
  await cloud.owner.iam.send(new CreateAccessKeyCommand({ UserName }));
};

/** What a look finds, without the id that each cloud gives a new key. */
const look = async (part: Part, cloud: Cloud) => {
  const { reading } = await portsFor(cloud, containUser, target());
  return (await secondLook(part, reading)).map(({ change: { label, appeared, after }, found }) => ({
    label: appeared ? label.replace(/A[A-Z0-9]{15,}/, 'KEY') : label,
    appeared,
    found,
    after,
  }));
};

const story = async (cloud: Cloud) => {
  // What moto lacks (credentials of services) is asked of this world.
  if (cloud.name === 'moto')
    cloud.world
      .account(account)
      .users.set(lane.example.user, { name: lane.example.user, tags: {}, keys: [] });
  await makePassword(cloud);
  const offered = planned(await planOn(cloud, containUser, target()));
  const plan = choose(offered, (id) => (id.endsWith('/console-password') ? true : undefined));
  const { acting } = await portsFor(cloud, containUser, target());
  const outcome = await runAll(stepsOf(containUser, plan, plan), acting);
  const [part] = partsOf(plan);
  if (!part) throw new Error('The plan has no part');
  const verification = await containUser.verify(plan, acting);
  const quiet = await look(part, cloud);
  await fightBack(cloud);
  return { offered, plan, outcome, verification, quiet, seen: await look(part, cloud) };
};

test('the chosen password is deleted; what is taken back, and what is new, is seen by the second look', async () => {
  const [told, simulated] = await onBoth(lane, story);
  const { user } = lane.example;
  expect(told.offered.choices?.map(({ change, chosen }) => [change.id, chosen])).toEqual([
    [`${lane.example.key}/status`, true],
    [`${user}/console-password`, false],
  ]);
  expect(told.plan.reversible).toMatchObject({ kind: 'partly' });
  expect(told.outcome).toEqual({ kind: 'finished' });
  expect(told.verification).toMatchObject({ kind: 'verified' });
  expect(told.quiet).toEqual([]);
  expect(told.seen).toEqual([
    {
      ...{ label: `Managed policy AWSDenyAll on the user ${user}`, appeared: undefined },
      ...{ found: 'not attached', after: 'attached' },
    },
    {
      ...{ label: `Console password of ${user}`, appeared: undefined },
      ...{ found: 'present', after: 'none' },
    },
    { label: 'Status of access key KEY', appeared: true, found: 'Active', after: 'Inactive' },
  ]);
  expect(simulated).toEqual(told);
});
