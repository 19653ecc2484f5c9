import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeAddressesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyNetworkInterfaceAttributeCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPlanSettings } from '../../src/actions/action.ts';
import { isolateInstance } from '../../src/actions/isolate-instance.ts';
import { planUndo, stepsOf } from '../../src/execution/plan-undo.ts';
import { type Cloud, type Lane, openLane } from './clouds.ts';
import { containAndUndo, onBoth, planned, planOn, portsFor, runAll } from './contain.ts';
import { lookAtNetwork } from './look.ts';
import { account, region } from './seed.ts';
import { operationsIn, operationsOf, problemsOf } from './validate.ts';
import type { Sent } from './watch.ts';

const sent: Sent[] = [];
let lane: Lane;
beforeEach(async () => {
  lane = await openLane(sent);
});
afterEach(() => lane.stop());

const target = (id = lane.example.instance) => ({ kind: 'instance', id, account, region }) as const;
const everywhere = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

/** Plans and runs; the plan, for what comes after. */
const isolate = async (cloud: Cloud, id = lane.example.instance) => {
  const plan = planned(await planOn(cloud, isolateInstance, target(id)));
  const { acting } = await portsFor(cloud, isolateInstance, target(id));
  const outcome = await runAll(stepsOf(isolateInstance, plan, plan), acting);
  return { plan, acting, outcome };
};

const makeGroup = async ({ owner: { ec2 } }: Cloud, tag: string): Promise<void> => {
  await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: 'cordon-quarantine',
      Description: 'Made before',
      VpcId: lane.example.vpc,
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'cordon', Value: tag }] },
      ],
    }),
  );
};

const quarantine = async ({ owner: { ec2 } }: Cloud): Promise<string> => {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const found = SecurityGroups.find(({ GroupName }) => GroupName === 'cordon-quarantine');
  return found?.GroupId ?? '';
};

const tamper = async (cloud: Cloud): Promise<void> => {
  const GroupId = await quarantine(cloud);
  const rule = { GroupId, IpPermissions: everywhere };
  await cloud.owner.ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
};

describe('isolating an instance with two interfaces', () => {
  const story = (cloud: Cloud) =>
    containAndUndo(cloud, [isolateInstance, target()], () => lookAtNetwork(cloud.owner));

  test('both end in the empty group, also for IPv6, and undo restores each; so simulated, word for word', async () => {
    const { vpc, instance, bystander } = lane.example;
    const [told, simulated] = await onBoth(lane, story);
    expect(told.before.groups[`${vpc} web`]?.egress).toEqual(['all to 0.0.0.0/0', 'all to ::/0']);
    expect([told.outcome, told.undone]).toEqual([{ kind: 'finished' }, { kind: 'finished' }]);
    expect(told.verification).toEqual({ kind: 'verified', lines: expect.anything() });
    expect(told.contained.interfaces).toEqual({
      [`${instance} 0`]: ['cordon-quarantine'],
      [`${instance} 1`]: ['cordon-quarantine'],
      [`${bystander} 0`]: ['admin'],
    });
    const group = { ingress: [], egress: [], tags: ['cordon=quarantine'] };
    const { groups } = told.before;
    expect(told.contained.groups).toEqual({ ...groups, [`${vpc} cordon-quarantine`]: group });
    expect(told.restored.interfaces).toEqual(told.before.interfaces);
    expect(told.restored.groups).toEqual(told.contained.groups);
    expect([told.again, told.undoAgain]).toMatchObject([
      { code: 'already-contained' },
      { code: 'already-contained' },
    ]);
    expect(simulated).toEqual(told);
  });

  test('a group that a killed run left unfinished is emptied and used', async () => {
    const [moto, simulated] = await onBoth(lane, async (cloud) => {
      await makeGroup(cloud, 'quarantine-unfinished');
      return story(cloud);
    });
    expect(moto.plan.changes.map(({ before }) => before)).toContain('absent');
    expect(moto.verification).toMatchObject({ kind: 'verified' });
    expect(simulated).toEqual(moto);
  });
});

const refusals = [
  ['an unknown instance', 'not-found', async () => target('i-0fffffffffffffff0')],
  [
    'a terminated instance',
    'wrong-state',
    async (cloud: Cloud) => {
      await cloud.terminate(lane.example.instance);
      return target();
    },
  ],
  [
    'a quarantine group that somebody opened',
    'tampered',
    async (cloud: Cloud) => {
      await isolate(cloud);
      await tamper(cloud);
      return target(lane.example.bystander);
    },
  ],
  [
    'a quarantine group that Cordon did not make',
    'not-ours',
    async (cloud: Cloud) => {
      await makeGroup(cloud, 'somebody');
      return target();
    },
  ],
] as const;

describe('what is refused in both clouds, in the same words', () => {
  test.each(refusals)('%s', async (_name, code, arrange) => {
    const [moto, simulated] = await onBoth(lane, async (cloud) =>
      planOn(cloud, isolateInstance, await arrange(cloud)),
    );
    expect(moto).toMatchObject({ kind: 'refusal', code });
    expect(simulated).toEqual(moto);
  });

  test('a run stops at a group that was opened after its plan, before any interface', async () => {
    const [moto, simulated] = await onBoth(lane, async (cloud) => {
      const late = planned(await planOn(cloud, isolateInstance, target(lane.example.bystander)));
      const { plan, acting } = await isolate(cloud);
      await tamper(cloud);
      return {
        outcome: await runAll(stepsOf(isolateInstance, late, late), acting),
        verification: await isolateInstance.verify(plan, acting),
        interfaces: (await lookAtNetwork(cloud.owner)).interfaces,
      };
    });
    expect(moto.outcome).toMatchObject({
      kind: 'failed',
      because: expect.stringContaining('rules'),
    });
    expect(moto.verification).toMatchObject({ kind: 'not-verified' });
    expect(moto.interfaces[`${lane.example.bystander} 0`]).toEqual(['admin']);
    expect(simulated).toEqual(moto);
  });

  test('undo of an interface that somebody changed since', async () => {
    const [moto, simulated] = await onBoth(lane, async (cloud) => {
      const { plan, acting } = await isolate(cloud, lane.example.bystander);
      const change = plan.changes.find(({ id }) => id.endsWith('/groups'));
      if (!change || !Array.isArray(change.before)) throw new Error('The plan has no interface');
      const NetworkInterfaceId = change.id.replace('/groups', '');
      const Groups = [await quarantine(cloud), ...change.before.map(String)];
      const drift = { NetworkInterfaceId, Groups };
      await cloud.owner.ec2.send(new ModifyNetworkInterfaceAttributeCommand(drift));
      return planUndo({ action: isolateInstance, plan, made: plan.changes }, acting);
    });
    expect(moto).toMatchObject({ kind: 'refusal', code: 'wrong-state' });
    expect(simulated).toEqual(moto);
  });
});

test('through the transition group, without its Elastic IP address, and back', async () => {
  const { ec2 } = lane.moto.owner;
  const { reading, acting } = await portsFor(lane.moto, isolateInstance, target());
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({
      Filters: [{ Name: 'attachment.instance-id', Values: [lane.example.instance] }],
    }),
  );
  const { NetworkInterfaceId, PrivateIpAddress } =
    NetworkInterfaces.find(({ Attachment }) => Attachment?.DeviceIndex === 1) ?? {};
  const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  await ec2.send(new AssociateAddressCommand({ AllocationId, NetworkInterfaceId }));
  const place = async () =>
    (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.find(
      (each) => each.AllocationId === AllocationId,
    )?.NetworkInterfaceId;
  const found = planned(
    await isolateInstance.plan(target(), reading, {
      ...defaultPlanSettings,
      isolation: { disassociateAddress: true, transitionGroup: true },
    }),
  );
  // moto names no allocation where it describes an interface: the change is put into the plan here.
  const address = {
    id: `${AllocationId}/association`,
    label: 'Elastic IP address',
    before: `${NetworkInterfaceId} at ${PrivateIpAddress}`,
    after: 'not associated',
  };
  const plan = { ...found, changes: [...found.changes, address] };
  const aws = { ...acting, pause: async () => undefined };
  expect(await runAll(stepsOf(isolateInstance, plan, plan), aws)).toEqual({ kind: 'finished' });
  expect(await isolateInstance.verify(plan, aws)).toMatchObject({ kind: 'verified' });
  expect(await place()).toBeFalsy();
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  expect(SecurityGroups.map(({ GroupName }) => GroupName)).not.toContain('cordon-transition');
  const undo = planned(await planUndo({ action: isolateInstance, plan, made: plan.changes }, aws));
  await runAll(stepsOf(isolateInstance, plan, undo), aws);
  expect(await place()).toBe(NetworkInterfaceId);
});

test('every declared operation was sent, and AWS’s models find no fault in any request', () => {
  const declared = operationsOf(isolateInstance);
  expect(operationsIn(sent).filter((operation) => !declared.includes(operation))).toEqual([]);
  // In no Auto Scaling group and no target group: those calls are made in test/moto/lives.test.ts.
  // moto gives a new group both rules of egress, so the transition group needs no other one.
  const others = /^(autoscaling|elasticload|ec2:AuthorizeSecurityGroupEgress)/;
  const unsent = declared.filter((operation) => !operationsIn(sent).includes(operation));
  expect(unsent.filter((operation) => !others.test(operation))).toEqual([]);
  expect(problemsOf(sent)).toEqual([]);
});
