import type { Finding } from '../../findings/finding.ts';
import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const rootType = /^Policy:IAMUser\/(ShortTerm)?RootCredentialUsage/;

const isRootKey = (resource: Finding['resources'][number]): boolean =>
  resource.kind === 'access-key' && resource.userType === 'Root';

const isByRoot = (finding: Finding): boolean => {
  const type = guardDutyType(finding);
  if (rootType.test(type)) return true;
  // Root without a key is the account itself.
  const isRoot = (resource: Finding['resources'][number]): boolean =>
    isRootKey(resource) || (type.includes(':IAMUser/') && resource.kind === 'account');
  return type !== '' && finding.resources.some(isRoot);
};

/** Root user of the account was used. */
export const rootUser = defineRule({
  id: 'root-user',
  title: 'Root user of the account was used',
  attack: ['T1078.004'],
  when: isByRoot,
  severity: 'HIGH',
  raises: [
    { source: 'guardduty', types: ['Policy:IAMUser/*RootCredentialUsage'] },
    { source: 'guardduty', detail: { resource: { accessKeyDetails: { userType: ['Root'] } } } },
    {
      source: 'securityhub-asff',
      detail: {
        findings: {
          $or: [
            { Resources: { Details: { AwsIamAccessKey: { PrincipalType: ['Root'] } } } },
            { Resources: { Type: ['AwsAccount'] }, Types: [{ wildcard: '*:IAMUser*' }] },
          ],
        },
      },
    },
    {
      source: 'securityhub-ocsf',
      detail: {
        findings: {
          $or: [
            { resources: { data: { user_type: ['Root'] } } },
            {
              resources: { type: ['AWS::::Account', 'AwsAccount'] },
              finding_info: { types: [{ wildcard: '*:IAMUser*' }] },
            },
          ],
        },
      },
    },
  ],
  atRisk: 'Root can do everything in this account, and no policy of the account limits it.',
  actions: ['suppress-finding'],
  runbook: playbook('Compromised_IAM_Credentials'),
  because: 'Root is for emergencies only, but GuardDuty rates its use as low.',
  examples: [
    {
      name: 'an API call by root',
      event: guardDutyEvent('Policy:IAMUser/RootCredentialUsage', 2, 'root'),
      matches: true,
    },
    {
      name: 'a short session of root',
      event: guardDutyEvent('Policy:IAMUser/ShortTermRootCredentialUsage', 2, 'root'),
      matches: true,
    },
    {
      name: 'root from a Tor exit node',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/TorIPCaller', 5, 'root'),
      matches: true,
    },
    {
      name: 'an IAM user from a Tor exit node',
      event: guardDutyEvent('UnauthorizedAccess:IAMUser/TorIPCaller', 5, 'key'),
      matches: false,
    },
  ],
});
