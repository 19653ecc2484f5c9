/**
 * Tells the service that keeps a finding that it was wrong: archives it in GuardDuty, or sets its
 * workflow to SUPPRESSED in Security Hub, which leaves it so when the same finding is updated.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
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
  'It stops nothing in AWS: it only tells that people found the finding to be wrong.',
  'What a card only counts beside the findings that it names stays open at its source.',
];

const id = 'dismiss-finding';

export const dismissFinding = defineAction<FindingTarget, Code>({
  id,
  title: 'Dismiss finding at its source',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to suppressed, in the administrator account. Asked for by resolving a case as a false positive, where the configuration says so; nothing is hidden in Cordon by it.',
  label: 'Dismiss at its source',
  on: 'finding',
  tier: 1,
  role: 'respond-findings',
  permissions,
  closes: true,
  reviewAfterHours: 24,
  expires: false,
  refuses,
  limits,
  offeredFor: () => true,
  plan: (target, aws) =>
    planState(target, aws, {
      action: id,
      tier: 1,
      cannot: limits,
      to: ({ suppressed }) => suppressed,
      summary: (state, label) => `Set the finding to ${state} in ${label}`,
    }),
  registers: stateRegisters,
  verify: verifyState,
  undoCannot: [],
  byHand: [
    'aws guardduty archive-findings --detector-id DETECTOR --finding-ids FINDING',
    '# In Security Hub: aws securityhub batch-update-findings --finding-identifiers Id=FINDING,ProductArn=PRODUCT --workflow Status=SUPPRESSED',
  ],
});
