import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'guardduty:DeleteDetector',
  'guardduty:UpdateDetector',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:DisassociateFromMasterAccount',
  'guardduty:DeleteMembers',
  'guardduty:StopMonitoringMembers',
  'guardduty:CreateFilter',
  'guardduty:UpdateFilter',
  'guardduty:CreateIPSet',
  'guardduty:UpdateIPSet',
  'securityhub:DisableSecurityHub',
  'securityhub:DisableSecurityHubV2',
  'access-analyzer:DeleteAnalyzer',
  'inspector2:Disable',
  'macie2:DisableMacie',
]);

/** Threat detection was turned off or weakened. */
export const detectionOff = defineRule({
  id: 'detection-off',
  title: 'Threat detection was turned off or weakened',
  attack: ['T1562.001'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'What an attacker does from now on may raise no alarm.',
  actions: [
    'restore-detector',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'suppress-finding',
  ],
  because: 'Attackers turn the alarms off before they act.',
  examples: [
    {
      name: 'a deleted detector',
      event: callEvent('guardduty:DeleteDetector', {
        request: { detectorId: '12abc34d567e8fa901bc2d34e56789f0' },
      }),
      matches: true,
    },
    {
      name: 'Security Hub turned off',
      event: callEvent('securityhub:DisableSecurityHub'),
      matches: true,
    },
    {
      name: 'a stopped recorder of Config',
      event: callEvent('config:StopConfigurationRecorder'),
      matches: false,
    },
  ],
});
