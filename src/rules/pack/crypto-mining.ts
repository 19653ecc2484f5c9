import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /^CryptoCurrency:|:(EC2|Runtime)\/(BitcoinTool|BitcoinDomainRequest|CryptoMiner)/;

/** Server is mining cryptocurrency. */
export const cryptoMining = defineRule({
  id: 'crypto-mining',
  title: 'Server is mining cryptocurrency',
  attack: ['T1496'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'You pay for the machine, and whoever installed the miner can do more than mine.',
  actions: ['isolate-instance', 'snapshot-volumes', 'stop-instance', 'suppress-finding'],
  runbook: playbook('Cryptojacking'),
  because: 'It talks to a mining pool or runs a known miner.',
  examples: [
    {
      name: 'asks for a mining pool',
      event: guardDutyEvent('CryptoCurrency:EC2/BitcoinTool.B!DNS', 8, 'instance'),
      matches: true,
    },
    {
      name: 'runs a miner',
      event: guardDutyEvent('Impact:Runtime/CryptoMinerExecuted', 8, 'cluster'),
      matches: true,
    },
    {
      name: 'asks for a control server',
      event: guardDutyEvent('Backdoor:EC2/C&CActivity.B!DNS', 8, 'instance'),
      matches: false,
    },
  ],
});
