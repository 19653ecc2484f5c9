/** What the owner sees, in a form that is equal wherever it is equal: names, rules, states. */
import {
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { rulesOf, ruleText } from '../../src/local/world/security-rules.ts';
import type { Owner } from './seed.ts';

const texts = (permissions: readonly IpPermission[] = [], direction: 'from' | 'to') =>
  rulesOf(permissions)
    .map((rule) => ruleText(rule, direction))
    .sort();

/** Every interface's groups by name, and every group's rules and tags. */
export const lookAtNetwork = async ({ ec2 }: Owner) => {
  const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  return {
    interfaces: Object.fromEntries(
      NetworkInterfaces.map((each) => [
        `${each.Attachment?.InstanceId} ${each.Attachment?.DeviceIndex}`,
        (each.Groups ?? []).map(({ GroupName }) => GroupName).sort(),
      ]),
    ),
    groups: Object.fromEntries(
      SecurityGroups.map((each) => [
        `${each.VpcId} ${each.GroupName}`,
        {
          ingress: texts(each.IpPermissions, 'from'),
          egress: texts(each.IpPermissionsEgress, 'to'),
          tags: (each.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`).sort(),
        },
      ]),
    ),
  };
};

/** Every key's status. */
export const lookAtKeys = async ({ iam }: Owner, UserName: string) => {
  const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName }));
  return Object.fromEntries(AccessKeyMetadata.map((key) => [key.AccessKeyId, key.Status]));
};
