/**
 * Takes one finding out of sight where it is kept: archives it in GuardDuty, or sets its workflow
 * to SUPPRESSED in Security Hub. Runs in the administrator account: members cannot archive.
 */
import { defineAction } from './action.ts';
import type { FindingTarget } from './finding-keepers.ts';
import {
  type Code,
  permissions,
  planState,
  refuses,
  stateRegisters,
  verifyState,
} from './finding-state.ts';

/** What it never stops. */
const limits: readonly string[] = [
  'It stops nothing in AWS: whoever is behind the finding goes on.',
  'It is about this one finding: the same thing seen again can be a new finding, which alerts.',
];

const id = 'suppress-finding';

export const suppressFinding = defineAction<FindingTarget, Code>({
  id,
  title: 'Suppress finding',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to suppressed, in the administrator account.',
  label: 'Suppress finding',
  on: 'finding',
  tier: 1,
  role: 'respond-findings',
  permissions,
  reviewAfterHours: 24,
  expires: true,
  refuses,
  limits,
  offeredFor: () => true,
  plan: (target, aws) =>
    planState(target, aws, {
      action: id,
      tier: 1,
      cannot: limits,
      to: ({ suppressed }) => suppressed,
      summary: (state, label) => `Set the finding to ${state} in ${label}, and hear no more of it`,
    }),
  registers: stateRegisters,
  verify: verifyState,
  undoCannot: ['Alerts that were not sent in the meantime are not sent again.'],
  byHand: [
    'aws guardduty archive-findings --detector-id DETECTOR --finding-ids FINDING',
    '# In Security Hub: aws securityhub batch-update-findings --finding-identifiers Id=FINDING,ProductArn=PRODUCT --workflow Status=SUPPRESSED',
  ],
});
