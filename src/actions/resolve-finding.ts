/**
 * Tells the service that keeps a finding that people have dealt with it: archives it in GuardDuty, or
 * sets its workflow to RESOLVED in Security Hub, which sets it back to NEW when it comes again.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/findings-workflow-status.html
 */
import { findingAction } from './finding-state.ts';

export const resolveFinding = findingAction({
  id: 'resolve-finding',
  title: 'Resolve finding at its source',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to resolved, in the administrator account. Asked for by resolving a case, where the configuration says so.',
  label: 'Resolve at its source',
  to: 'resolved',
  closes: true,
  expires: false,
  limits: [
    'It stops nothing in AWS: it only tells what people said about the finding.',
    'What a card only counts beside the findings that it names stays open at its source.',
  ],
  undoCannot: [],
});
