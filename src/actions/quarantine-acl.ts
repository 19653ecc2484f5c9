/**
 * The network ACL that lets nothing through, one for each VPC: no entry but AWS's own, tagged ours.
 * It has no name, so it is found by its tag, and its entries are read again at each use.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html
 */
import type { NetworkAcl } from '@aws-sdk/client-ec2';
import type { Aws } from './aws.ts';
import { aclsWhere, entriesOf } from './network-acls.ts';

const tag = { Key: 'cordon', Value: 'quarantine' };

export const quarantineAclName = 'the quarantine network ACL';

export type AclState = 'absent' | 'usable' | 'tampered';

const described: Readonly<Record<AclState, string>> = {
  absent: 'absent',
  usable: 'present, empty, ours',
  tampered: 'present, but it has entries',
};

export const describeAcl = (state: AclState): string => described[state];

export const isQuarantineAcl = ({ Tags }: NetworkAcl): boolean =>
  (Tags ?? []).some(({ Key, Value }) => Key === tag.Key && Value === tag.Value);

/** All of them in the account and Region. */
export const quarantineAcls = (aws: Aws): Promise<readonly NetworkAcl[]> =>
  aclsWhere({ Name: `tag:${tag.Key}`, Values: [tag.Value] }, aws);

const isEmpty = (acl: NetworkAcl): boolean =>
  entriesOf(acl, true).length + entriesOf(acl, false).length === 0;

/** Tampered as soon as one is: whoever can do that can use the other one too. */
export const aclState = (acls: readonly NetworkAcl[], vpc: string): AclState => {
  const own = acls.filter(({ VpcId }) => VpcId === vpc);
  if (own.length === 0) return 'absent';
  return own.every(isEmpty) ? 'usable' : 'tampered';
};

/** The id of the VPC's one; throws unless it is usable right now. */
export const usableAcl = async (vpc: string, aws: Aws): Promise<string> => {
  const acls = await quarantineAcls(aws);
  const state = aclState(acls, vpc);
  const id = acls.find(({ VpcId }) => VpcId === vpc)?.NetworkAclId;
  if (state !== 'usable' || !id)
    throw new Error(`The quarantine ACL of ${vpc} is ${described[state]}`);
  return id;
};

/** A new one has no entry but AWS's own, which deny everything. */
export const ensureAcl = async (vpc: string, aws: Aws): Promise<void> => {
  if (aclState(await quarantineAcls(aws), vpc) === 'absent')
    await aws.call('ec2:CreateNetworkAcl', {
      VpcId: vpc,
      TagSpecifications: [{ ResourceType: 'network-acl', Tags: [tag] }],
    });
  await usableAcl(vpc, aws);
};
