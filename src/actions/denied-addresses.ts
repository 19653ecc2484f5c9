/**
 * One address in a network ACL: denied before any other entry is asked, in each direction by itself.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { cidrOf } from '../findings/ip.ts';
import type { Change, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { aclsWhere, deniedBy, isOnly, numberBefore } from './network-acls.ts';

const denied = 'denied';
const letThrough = 'left to the other entries';

const stateIn = (acl: NetworkAcl | undefined, egress: boolean, ip: string): string => {
  if (!acl) return 'gone';
  return deniedBy(acl, egress, ip) ? denied : letThrough;
};

export const directions = [
  ['in', false, 'from'],
  ['out', true, 'to'],
] as const;

export const aclChanges = (acls: readonly NetworkAcl[], ip: string): readonly Change[] =>
  acls.flatMap((acl) =>
    directions.map(([name, egress, word]) => ({
      id: `${acl.NetworkAclId}/${name}/${cidrOf(ip)}`,
      label: `Traffic ${word} ${ip} at ${acl.NetworkAclId}`,
      before: stateIn(acl, egress, ip),
      after: denied,
    })),
  );

const findAcl = async (id: string, aws: Aws): Promise<NetworkAcl | undefined> =>
  (await aclsWhere({ Name: 'network-acl-id', Values: [id] }, aws))[0];

const deny = async (acl: NetworkAcl, Egress: boolean, ip: string, aws: Aws): Promise<void> => {
  const RuleNumber = numberBefore(acl, Egress);
  if (RuleNumber === undefined)
    throw new Error(`${acl.NetworkAclId} has no number free before its first entry`);
  await aws.call('ec2:CreateNetworkAclEntry', {
    NetworkAclId: acl.NetworkAclId,
    Egress,
    RuleNumber,
    RuleAction: 'deny',
    Protocol: '-1',
    ...(ip.includes(':') ? { Ipv6CidrBlock: cidrOf(ip) } : { CidrBlock: cidrOf(ip) }),
  });
};

/** Takes out the entries for this one address; what denies it with others stays. */
const release = async (acl: NetworkAcl, Egress: boolean, ip: string, aws: Aws): Promise<void> => {
  const entry = deniedBy(acl, Egress, ip);
  if (!entry || !isOnly(entry, ip)) return;
  await aws.call('ec2:DeleteNetworkAclEntry', {
    NetworkAclId: acl.NetworkAclId,
    Egress,
    RuleNumber: entry.RuleNumber,
  });
};

export const entryRegister = (change: Change, { target }: Plan): Register => {
  const [id = '', direction, ip = ''] = change.id.split('/');
  const egress = direction === 'out';
  return {
    id: change.id,
    title: `Deny or release: ${change.label}`,
    resource: `${target.account}/${target.region}/${id}`,
    undoable: true,
    uses: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry', 'ec2:DescribeNetworkAcls'],
    read: async (aws) => stateIn(await findAcl(id, aws), egress, ip),
    write: async (value, aws) => {
      const acl = await findAcl(id, aws);
      if (!acl) throw new Error(`There is no network ACL ${id} any more`);
      if (value === denied && !deniedBy(acl, egress, ip)) await deny(acl, egress, ip, aws);
      if (value === letThrough) await release(acl, egress, ip, aws);
    },
  };
};
