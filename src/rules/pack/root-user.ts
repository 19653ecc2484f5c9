import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';

const rootType = /^Policy:IAMUser\/(ShortTerm)?RootCredentialUsage/;

/** Root user of the account was used. */
export const rootUser = defineRule({
  id: 'root-user',
  title: 'Root user of the account was used',
  attack: ['T1078.004'],
  when: (finding) =>
    rootType.test(guardDutyType(finding)) ||
    finding.resources.some(
      (resource) => resource.kind === 'access-key' && resource.userType === 'Root',
    ) ||
    (guardDutyType(finding).includes(':IAMUser/') &&
      finding.resources.some((resource) => resource.kind === 'account')),
  severity: 'HIGH',
  atRisk: 'Root can do everything in this account, and no policy of the account limits it.',
  actions: ['suppress-finding'],
  because: 'Root is for emergencies only, but GuardDuty rates its use as low.',
  examples: [
    {
      name: 'an API call by root',
      event: guardDutyEvent('Policy:IAMUser/RootCredentialUsage', 2, 'root'),
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
