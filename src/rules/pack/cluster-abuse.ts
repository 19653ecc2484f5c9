import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type = /:Kubernetes\//;

/** Kubernetes cluster is used in a suspicious way. */
export const clusterAbuse = defineRule({
  id: 'cluster-abuse',
  title: 'Kubernetes cluster is used in a suspicious way',
  attack: ['T1609', 'T1078.004'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Whoever controls the cluster controls every workload and secret in it.',
  actions: ['isolate-workload', 'suppress-finding'],
  runbook: playbook('EKS_Forensics'),
  because: 'Calls to the cluster come from a bad place, from nobody, or break its habits.',
  examples: [
    {
      name: 'anonymous access',
      event: guardDutyEvent('Discovery:Kubernetes/SuccessfulAnonymousAccess', 5, 'cluster'),
      matches: true,
    },
    {
      name: 'from Tor',
      event: guardDutyEvent('CredentialAccess:Kubernetes/TorIPCaller', 8, 'cluster'),
      matches: true,
    },
    {
      name: 'a program in a container',
      event: guardDutyEvent('Execution:Runtime/NewBinaryExecuted', 5, 'cluster'),
      matches: false,
    },
  ],
});
