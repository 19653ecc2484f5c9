/**
 * Tells the service that keeps a finding that people have dealt with it: archives it in GuardDuty, or
 * sets its workflow to RESOLVED in Security Hub, which sets it back to NEW when it comes again.
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
  'It stops nothing in AWS: it only tells what people said about the finding.',
  'What a card only counts beside the findings that it names stays open at its source.',
];

const id = 'resolve-finding';

export const resolveFinding = defineAction<FindingTarget, Code>({
  id,
  title: 'Resolve finding at its source',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to resolved, in the administrator account. Asked for by resolving a case, where the configuration says so.',
  label: 'Resolve at its source',
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
      to: ({ resolved }) => resolved,
      summary: (state, label) => `Set the finding to ${state} in ${label}`,
    }),
  registers: stateRegisters,
  verify: verifyState,
  undoCannot: [],
  byHand: [
    'aws guardduty archive-findings --detector-id DETECTOR --finding-ids FINDING',
    '# In Security Hub: aws securityhub batch-update-findings --finding-identifiers Id=FINDING,ProductArn=PRODUCT --workflow Status=RESOLVED',
  ],
});
