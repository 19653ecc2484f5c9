import { defineRule } from '../rule.ts';
import { accessOf, concerns } from './access.ts';
import { unusedAccessEvent } from './example-access-analyzer.ts';

/** Access key is not used any more. */
export const unusedKey = defineRule({
  id: 'unused-key',
  title: 'Access key is not used any more',
  attack: ['T1078.004'],
  when: (finding) => accessOf(finding) === 'unused' && concerns(finding, 'access-key'),
  atRisk: 'Nobody would miss the key, or notice that a thief uses it.',
  actions: ['deactivate-access-key', 'suppress-finding'],
  because: 'A key that nobody uses is all risk and no use.',
  examples: [
    {
      name: 'a key',
      event: unusedAccessEvent('UnusedIAMUserAccessKey'),
      matches: true,
    },
    {
      name: 'a role',
      event: unusedAccessEvent('UnusedIAMRole'),
      matches: false,
    },
  ],
});
