/**
 * Tells the service that keeps a finding that it was wrong: archives it in GuardDuty, or sets its
 * workflow to SUPPRESSED in Security Hub, which leaves it so when the same finding is updated.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
import { findingAction } from './finding-state.ts';

export const dismissFinding = findingAction({
  id: 'dismiss-finding',
  title: 'Dismiss finding at its source',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to suppressed, in the administrator account. Asked for by resolving a case as a false positive, where the configuration says so; nothing is hidden in Cordon by it.',
  label: 'Dismiss at its source',
  to: 'suppressed',
  closes: true,
  expires: false,
  limits: [
    'It stops nothing in AWS: it only tells that people found the finding to be wrong.',
    'What a card only counts beside the findings that it names stays open at its source.',
  ],
  undoCannot: [],
});
