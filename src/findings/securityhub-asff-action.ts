/**
 * Who did what, in ASFF: in its own fields, or as GuardDuty says it in ProductFields.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Action.html
 */
import { actorsOf, fact } from './actor.ts';
import type { Actor, Fact } from './finding.ts';
import { readAction } from './guardduty-action.ts';
import { at, ipAddress, isObject, text } from './read.ts';

/**
 * GuardDuty's `service`, which lies flat in ProductFields: `aws/guardduty/service/action/…`, in findings
 * from before 2020 `action/…`.
 */
export const relayedService = (fields: unknown): unknown => {
  const today = unflattened(fields, 'aws/guardduty/service/');
  return isObject(today) && Object.keys(today).length > 0 ? today : unflattened(fields, '');
};

/** Who did what: from ASFF's own field, else as GuardDuty says it, else from its network. */
export const actionOf = (
  finding: unknown,
  guardDuty: unknown,
): { readonly actors: readonly Actor[]; readonly facts: readonly Fact[] } => {
  const key = at(finding, 'resources', 0, 'details', 'awsIamAccessKey');
  const resource = {
    accessKeyDetails: { userName: at(key, 'principalName') ?? at(key, 'userName') },
  };
  const own = readAction({ resource, service: { action: at(finding, 'action') } });
  const relayed = readAction({ resource, service: guardDuty });
  if (own.actors.some(({ ip, domain }) => ip || domain)) return own;
  if (relayed.actors.some(({ ip, domain }) => ip || domain)) return relayed;
  const network = at(finding, 'network');
  const ip =
    ipAddress(at(network, 'sourceIpV4')) ||
    ipAddress(at(network, 'sourceIpV6')) ||
    (text(at(network, 'direction')) === 'OUT' ? ipAddress(at(network, 'destinationIpV4')) : '');
  const other = at(finding, 'resources', 0, 'details', 'other');
  const external = text(at(other, 'External Principal'), 256);
  return {
    actors: [
      ...actorsOf([{ ip, principal: external }]),
      ...(relayed.actors.length > 0 ? relayed.actors : own.actors),
    ],
    facts: [
      ...(own.facts.length > 0 ? own.facts : relayed.facts),
      ...fact('Shared with', external),
      ...fact('Allowed', text(at(other, 'Action Granted'), 512)),
    ],
  };
};

/** Keys with slashes as nested objects; of the first 500 keys those of at most 12 steps. */
const unflattened = (fields: unknown, prefix: string): unknown => {
  const root: Record<string, unknown> = Object.create(null);
  const nodes = new Map([['', root]]);
  for (const [key, value] of isObject(fields) ? Object.entries(fields).slice(0, 500) : []) {
    const steps = key.startsWith(prefix) ? key.slice(prefix.length).split('/') : [];
    if (steps.length === 0 || steps.length > 12) continue;
    let node = root;
    for (const [depth, step] of steps.slice(0, -1).entries()) {
      const path = steps.slice(0, depth + 1).join('/');
      const child = nodes.get(path) ?? Object.create(null);
      nodes.set(path, child);
      node[step] = child;
      node = child;
    }
    node[steps.at(-1) ?? ''] = value;
  }
  return root;
};
