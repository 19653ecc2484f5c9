import { definePlaybook } from './playbook.ts';
import { containInstance, nothingNew, stillInForce } from './shared-steps.ts';

export const compromisedInstance = definePlaybook({
  id: 'compromised-instance',
  title: 'Compromised instance',
  label: 'Playbook: compromised server',
  situation:
    'A server talks to a control server, mines cryptocurrency, runs malware or attacks others.',
  applies: {
    rules: [
      'control-server',
      'crypto-mining',
      'malware-found',
      'runtime-threat',
      'attacks-others',
      'bad-neighbour',
      'dns-exfiltration',
      'defences-impaired',
      'unusual-traffic',
      'start-script-changed',
      'abuse-report',
      'attack-sequence',
    ],
    types: /:EC2\/|:Runtime\//,
    from: 'MEDIUM',
    resources: ['instance'],
  },
  steps: [
    ...containInstance,
    {
      kind: 'manual',
      id: 'examine',
      phase: 'eradicate',
      title: 'Find the way in, from the copies',
      instructions: [
        'Make volumes of the locked snapshots in an account for forensics and attach them read-only; never log in to INSTANCE itself.',
        'Look for the way in (application log, SSH log, user data), what stays (cron, systemd, keys) and what was taken.',
        'Look for the same on servers of the same image or Auto Scaling group.',
      ],
    },
    {
      kind: 'manual',
      id: 'rebuild',
      phase: 'recover',
      title: 'Replace the server',
      instructions: [
        'Build a new one from a clean, patched image; do not repair this one.',
        'Change every secret that was on it or that its role could read.',
        'When the copies are complete: aws ec2 terminate-instances --instance-ids INSTANCE, after switching its protection off.',
      ],
    },
    stillInForce,
    nothingNew,
  ],
  links: [
    'https://github.com/aws-samples/aws-customer-playbook-framework/blob/main/docs/EC2_Forensics.md',
    'https://docs.aws.amazon.com/guardduty/latest/ug/compromised-ec2.html',
  ],
});
