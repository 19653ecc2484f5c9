import { defineRule } from '../rule.ts';
import { accessOf } from './access.ts';
import { breaks } from './check.ts';
import { externalAccessEvent, unusedAccessEvent } from './example-access-analyzer.ts';
import { controlEvent } from './example-security-hub.ts';

const check = {
  rules: /iam-user-unused-credentials-check/,
  controls: ['IAM.8', 'IAM.22'],
};

/** Role, password or right is not used any more. */
export const unusedAccess = defineRule({
  id: 'unused-access',
  title: 'Role, password or right is not used any more',
  attack: ['T1078.004'],
  when: (finding) => accessOf(finding) === 'unused' || breaks(finding, check),
  atRisk: 'Whoever steals the identity gets rights that nobody needs.',
  actions: ['suppress-finding'],
  because: 'Rights that nobody uses can go without harm.',
  examples: [
    {
      name: 'a role',
      event: unusedAccessEvent('UnusedIAMRole'),
      matches: true,
    },
    {
      name: 'rights of a role',
      event: unusedAccessEvent('UnusedPermission'),
      matches: true,
    },
    {
      name: 'a failed control',
      event: controlEvent('IAM.8', 'AwsIamUser'),
      matches: true,
    },
    {
      name: 'a shared role',
      event: externalAccessEvent('AWS::IAM::Role', '210987654321'),
      matches: false,
    },
  ],
});
