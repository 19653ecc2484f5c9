import { defineRule } from '../rule.ts';
import { callOf } from './api-call.ts';
import { callEvent } from './example-cloudtrail.ts';

const calls = new Set([
  'ec2:EnableSerialConsoleAccess',
  'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
]);

/** Serial console of servers was opened or used. */
export const serialConsole = defineRule({
  id: 'serial-console',
  title: 'Serial console of servers was opened or used',
  attack: ['T1021.008'],
  when: (finding) => calls.has(callOf(finding)),
  atRisk: 'Whoever sits at the console is past every security group.',
  actions: [
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'suppress-finding',
  ],
  because: 'The serial console is for servers that no longer start, and rarely needed.',
  examples: [
    {
      name: 'opened for the account',
      event: callEvent('ec2:EnableSerialConsoleAccess'),
      matches: true,
    },
    {
      name: 'a key for a console',
      event: callEvent('ec2-instance-connect:SendSerialConsoleSSHPublicKey', {
        request: { instanceId: 'i-0a1b2c3d4e5f60718', serialPort: 0 },
      }),
      matches: true,
    },
    {
      name: 'a new start script',
      event: callEvent('ec2:ModifyInstanceAttribute', {
        request: { instanceId: 'i-0a1b2c3d4e5f60718', userData: '<sensitiveDataRemoved>' },
      }),
      matches: false,
    },
  ],
});
