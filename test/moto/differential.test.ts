/**
 * Single calls of an owner, the same in both clouds: each must end alike, by the name of AWS's
 * error. Where moto is known to be wrong, the simulated world follows AWS's documentation.
 */
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  ModifyInstanceAttributeCommand,
  RevokeSecurityGroupEgressCommand,
} from '@aws-sdk/client-ec2';
import {
  GetAccessKeyLastUsedCommand,
  ListAccessKeysCommand,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lane, openLane } from './clouds.ts';
import { onBoth } from './contain.ts';
import type { Example, Owner } from './seed.ts';

type Probe = (owner: Owner, example: Example) => Promise<unknown>;

const unknownGroup = 'sg-0fffffffffffffff0';

const groupOf = async ({ ec2 }: Owner, { vpc }: Example, name: string): Promise<string> => {
  const Filters = [
    { Name: 'vpc-id', Values: [vpc] },
    { Name: 'group-name', Values: [name] },
  ];
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups?.[0]?.GroupId ?? '';
};

const interfaceOf = async ({ ec2 }: Owner, instance: string) => {
  const Filters = [{ Name: 'attachment.instance-id', Values: [instance] }];
  const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  return NetworkInterfaces?.[0];
};

const setInstance = ({ ec2 }: Owner, InstanceId: string, Groups: string[]) =>
  ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups }));

const revokeIpv6: Probe = async (owner, example) => {
  const GroupId = await groupOf(owner, example, 'admin');
  const IpPermissions = [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }];
  return owner.ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
};

const probes: Readonly<Record<string, Probe>> = {
  'an unknown instance': ({ ec2 }) =>
    ec2.send(new DescribeInstancesCommand({ InstanceIds: ['i-0fffffffffffffff0'] })),
  'an unknown interface': ({ ec2 }) =>
    ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: ['eni-0fffffffffffffff0'] }),
    ),
  'an unknown security group': ({ ec2 }) =>
    ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [unknownGroup] })),
  'a group name that is taken': ({ ec2 }, { vpc }) =>
    ec2.send(new CreateSecurityGroupCommand({ VpcId: vpc, GroupName: 'web', Description: 'web' })),
  'a rule that is there': async (owner, example) => {
    const GroupId = await groupOf(owner, example, 'web');
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ];
    return owner.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
  },
  'an IPv6 rule revoked': revokeIpv6,
  'an IPv6 rule revoked that is gone': revokeIpv6,
  'an unknown user': ({ iam }) => iam.send(new ListAccessKeysCommand({ UserName: 'nobody' })),
  'an unknown key': ({ iam }) =>
    iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' })),
  'an unknown key of a user': ({ iam }, { user }) =>
    iam.send(
      new UpdateAccessKeyCommand({
        UserName: user,
        AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        Status: 'Inactive',
      }),
    ),
};

/** moto's known errors, each with what AWS (and so the simulated world) answers instead. */
const knownErrors: Readonly<Record<string, { readonly aws: string; readonly probe: Probe }>> = {
  'ModifyInstanceAttribute accepts an unknown security group': {
    aws: 'InvalidGroup.NotFound',
    probe: (owner, { bystander }) => setInstance(owner, bystander, [unknownGroup]),
  },
  'ModifyInstanceAttribute accepts an instance with two interfaces': {
    aws: 'InvalidInstanceID',
    probe: async (owner, example) =>
      setInstance(owner, example.instance, [await groupOf(owner, example, 'web')]),
  },
};

let lane: Lane;
beforeAll(async () => {
  lane = await openLane([]);
});
afterAll(() => lane.stop());

const endOf = (probe: Probe): Promise<readonly [string, string]> =>
  onBoth(lane, ({ owner }) =>
    probe(owner, lane.example).then(
      () => 'done',
      (error) => error.name,
    ),
  );

describe('a call ends alike in moto and in the simulated world', () => {
  test.each(Object.entries(probes))('%s', async (_name, probe) => {
    const [moto, simulated] = await endOf(probe);
    expect(simulated).toBe(moto);
  });
});

describe('where moto is still wrong; take out of the list what it has learned', () => {
  test.each(Object.entries(knownErrors))('%s', async (_name, { aws, probe }) => {
    expect(await endOf(probe)).toEqual(['done', aws]);
  });

  test('after ModifyInstanceAttribute the interface shows other groups than the instance', async () => {
    const [moto, simulated] = await onBoth(lane, async ({ owner }) => {
      const web = await groupOf(owner, lane.example, 'web');
      await setInstance(owner, lane.example.bystander, [web]);
      const groups = (await interfaceOf(owner, lane.example.bystander))?.Groups ?? [];
      return groups.map(({ GroupName }) => GroupName);
    });
    expect(simulated).toEqual(['web']);
    expect(moto).not.toEqual(['web']);
  });
});
