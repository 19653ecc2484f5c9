import { defineRule } from '../rule.ts';
import { guardDutyEvent } from './example.ts';
import { guardDutyType } from './origin.ts';
import { playbook } from './playbook.ts';

const type =
  /^PrivilegeEscalation:Runtime\/(DockerSocketAccessed|RuncContainerEscape|CGroupsReleaseAgentModified|ContainerMountsHostDirectory|UserfaultfdUsage)|:Kubernetes\/(PrivilegedContainer|ContainerWithSensitiveMount)/;

/** Container is trying to break out to its host. */
export const containerEscape = defineRule({
  id: 'container-escape',
  title: 'Container is trying to break out to its host',
  attack: ['T1611'],
  when: (finding) => type.test(guardDutyType(finding)),
  atRisk: 'Out of the container, the attacker owns the host and everything that runs on it.',
  actions: [
    'isolate-workload',
    'isolate-instance',
    'snapshot-volumes',
    'stop-instance',
    'suppress-finding',
  ],
  runbook: playbook('EKS_Forensics'),
  because: 'These are the known ways out of a container.',
  examples: [
    {
      name: 'the release agent was changed',
      event: guardDutyEvent(
        'PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified',
        8,
        'cluster',
      ),
      matches: true,
    },
    {
      name: 'a privileged container',
      event: guardDutyEvent('PrivilegeEscalation:Kubernetes/PrivilegedContainer', 5, 'cluster'),
      matches: true,
    },
    {
      name: 'a new program in a container',
      event: guardDutyEvent('Execution:Runtime/NewBinaryExecuted', 5, 'cluster'),
      matches: false,
    },
  ],
});
