/**
 * Who else works with a role, as far as reading can tell: nothing in AWS lists its sessions.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */

import type { DescribeInstancesCommandOutput } from '@aws-sdk/client-ec2';
import type { Role } from '@aws-sdk/client-iam';
import { andMore } from '../findings/and-more.ts';
import type { Aws } from './aws.ts';
import { everyPage } from './ec2-reading.ts';
import { allPages } from './iam-reading.ts';

const profilesOf = async (role: string, aws: Aws): Promise<readonly string[]> => {
  const pages = await allPages((from) =>
    aws.call('iam:ListInstanceProfilesForRole', { RoleName: role, ...from }),
  );
  return pages
    .flatMap(({ InstanceProfiles }) => InstanceProfiles ?? [])
    .flatMap(({ Arn }) => Arn ?? []);
};

const over = ['terminated', 'shutting-down'];

const idsIn = ({ Reservations }: DescribeInstancesCommandOutput): readonly string[] =>
  (Reservations ?? [])
    .flatMap(({ Instances }) => Instances ?? [])
    .filter(({ State }) => !over.includes(State?.Name ?? ''))
    .flatMap(({ InstanceId }) => InstanceId ?? []);

/** Instances of this account and region that have the role and are not over. */
export const instancesWith = async (role: string, aws: Aws): Promise<readonly string[]> => {
  const profiles = await profilesOf(role, aws);
  if (profiles.length === 0) return [];
  const Filters = [{ Name: 'iam-instance-profile.arn', Values: [...profiles] }];
  const pages = await everyPage((from) =>
    aws.call('ec2:DescribeInstances', {
      Filters,
      ...from,
    }),
  );
  return pages.flatMap(idsIn);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const principalsOf = (statement: unknown): readonly string[] => {
  if (!isRecord(statement) || statement['Effect'] !== 'Allow') return [];
  const principal = statement['Principal'];
  return (isRecord(principal) ? Object.values(principal) : [principal])
    .flatMap(asList)
    .flatMap((each) => (typeof each === 'string' ? [each] : []));
};

/** Whom the role's trust policy lets in: services, accounts, providers. */
const trusted = ({ AssumeRolePolicyDocument }: Role): readonly string[] => {
  try {
    const document: unknown = JSON.parse(decodeURIComponent(AssumeRolePolicyDocument ?? ''));
    const statements = isRecord(document) ? asList(document['Statement']) : [];
    return [...new Set(statements.flatMap(principalsOf))];
  } catch {
    return [];
  }
};

const most = 5;
const some = (names: readonly string[]): string => andMore(names, most);

const instanceLine = (instances: readonly string[], region: string): string => {
  if (instances.length === 0) return `No instance in ${region} has the role.`;
  return instances.length === 1
    ? `1 instance in ${region} has the role: ${some(instances)}.`
    : `${instances.length} instances in ${region} have the role: ${some(instances)}.`;
};

const lastUse = ({ RoleLastUsed }: Role): string =>
  RoleLastUsed?.LastUsedDate
    ? `The role was last used at ${RoleLastUsed.LastUsedDate.toISOString()} in ${RoleLastUsed.Region}; AWS tells that up to four hours late.`
    : 'AWS has not recorded any use of the role in the last 400 days, or not yet.';

/** What is known, then what is not. */
export const roleUses = (
  role: Role,
  instances: readonly string[],
  region: string,
): readonly string[] => {
  const principals = trusted(role);
  return [
    instanceLine(instances, region),
    ...(principals.length > 0 ? [`May assume it: ${some(principals)}.`] : []),
    lastUse(role),
    'Not counted, because nothing lists them: instances in other Regions, functions, tasks, people and other accounts that use the role.',
  ];
};
