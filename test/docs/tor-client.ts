import { guardDutyEvent } from '../../src/rules/pack/example.ts';
import { defineRule } from '../../src/rules/rule.ts';

const tor = guardDutyEvent('UnauthorizedAccess:EC2/TorClient', 8, 'instance');
export const torClient = defineRule({
  id: 'tor-client',
  title: 'Server uses the Tor network',
  attack: ['T1090.003'],
  when: ({ type }) => type === 'UnauthorizedAccess:EC2/TorClient',
  severity: 'CRITICAL',
  atRisk: 'Data can leave, and nobody sees where it goes.',
  actions: ['isolate-instance', 'suppress-finding'],
  because: 'No server of ours has a reason to use Tor.',
  examples: [{ name: 'a Tor client', event: tor, matches: true }],
});
