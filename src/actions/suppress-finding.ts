/**
 * Takes one finding out of sight where it is kept: archives it in GuardDuty, or sets its workflow
 * to SUPPRESSED in Security Hub. Runs in the administrator account: members cannot archive.
 */
import { findingAction } from './finding-state.ts';

export const suppressFinding = findingAction({
  id: 'suppress-finding',
  title: 'Suppress finding',
  does: 'Archives one finding in GuardDuty, or sets its workflow in either API of Security Hub to suppressed, in the administrator account.',
  label: 'Suppress finding',
  to: 'suppressed',
  besides: ', and hear no more of it',
  expires: true,
  limits: [
    'It stops nothing in AWS: whoever is behind the finding goes on.',
    'It is about this one finding: the same thing seen again can be a new finding, which alerts.',
  ],
  undoCannot: ['Alerts that were not sent in the meantime are not sent again.'],
});
