/**
 * Pods are changed through the Kubernetes API, which takes a role in each cluster: Cordon has none.
 * It says exactly what to do instead, in the order in which it has to be done.
 * https://docs.aws.amazon.com/eks/latest/best-practices/incident-response-and-forensics.html
 */
import type { ResourceOf } from '../findings/finding.ts';
import { defineAction, type Refusal, refuse } from './action.ts';

/** When it is refused, by code. */
const refuses = {
  'not-supported':
    'Always: only the Kubernetes API can change it, and Cordon has no role there. The answer has the commands and the network policy.',
} as const;

type Code = keyof typeof refuses;

/** What it never stops. */
const limits: readonly string[] = [
  'It changes nothing: a pod, and whoever is in it, goes on until somebody has followed the answer.',
];

type Target = ResourceOf<'workload'>;

/** A name of Kubernetes: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const label = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** `namespace/pod`, each as it is, or a placeholder where a finding names none that could be. */
const namesIn = ({ id }: Target): { readonly namespace: string; readonly pod: string } => {
  const parts = id.split('/').filter((part) => label.test(part));
  return { namespace: parts.at(-2) ?? 'NAMESPACE', pod: parts.at(-1) ?? 'POD' };
};

const denyAll = (namespace: string): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'cordon-quarantine', namespace },
    spec: {
      podSelector: { matchLabels: { 'cordon-quarantine': 'true' } },
      policyTypes: ['Ingress', 'Egress'],
    },
  });

const instead = (target: Target): string => {
  const { namespace, pod } = namesIn(target);
  const on = `-n ${namespace}`;
  return [
    'With kubectl on that cluster:',
    `1. Find its node: \`kubectl get pod ${pod} ${on} -o wide\`; keep new pods off it: \`kubectl cordon NODE\`.`,
    `2. Cut it off: \`kubectl label pod ${pod} ${on} cordon-quarantine=true\`, then \`echo '${denyAll(namespace)}' | kubectl apply -f -\`. It takes a network plugin that enforces policies, and connections that are open may go on.`,
    `3. Take its rights away: \`kubectl get pod ${pod} ${on} -o jsonpath='{.spec.serviceAccountName}'\`; delete the role bindings of that account, and revoke the older sessions of its IAM role.`,
    `4. Keep what it shows before it is gone: \`kubectl logs ${pod} ${on} --all-containers\`, and do not delete the pod.`,
    '5. If it may have left its container, isolate its node as an EC2 instance, and drain the others’ pods first: `kubectl drain NODE --ignore-daemonsets`.',
  ].join('\n');
};

const plan = async (target: Target): Promise<Refusal<Code>> =>
  refuse(
    'not-supported',
    `${target.id} runs in a cluster: only its Kubernetes API can change it, and Cordon has no role there.`,
    instead(target),
  );

export const isolateWorkload = defineAction<Target, Code>({
  id: 'isolate-workload',
  title: 'Isolate pod of Kubernetes',
  does: 'Nothing by itself: it answers with the commands that isolate the pod and its node.',
  label: 'Isolate pod: how to',
  on: 'workload',
  tier: 2,
  role: 'respond',
  permissions: { plan: [], execute: [], verify: [], undo: [] },
  reviewAfterHours: 4,
  expires: false,
  offeredWith: ['suppress-finding'],
  refuses,
  limits,
  offeredFor: () => true,
  plan,
  registers: () => [],
  verify: async () => ({ kind: 'not-verified', because: 'Cordon does not isolate pods' }),
  undoCannot: ['Cordon changes nothing: take back by hand what was done by hand.'],
  byHand: [
    'kubectl cordon NODE',
    'kubectl label pod POD -n NAMESPACE cordon-quarantine=true',
    '# Then a NetworkPolicy that denies ingress and egress of pods with that label.',
  ],
});
