/** What somebody wants to contain although nothing was found: told as a case like any other. Pure. */
import { createHash } from 'node:crypto';
import { type Finding, type Resource, untrusted } from '../findings/finding.ts';
import type { CardDecision } from '../rules/rule.ts';

interface Wish {
  readonly action: { readonly id: string; readonly title: string };
  readonly target: Resource;
  /** Names this wish for ever: the same one delivered twice is one case. */
  readonly id: string;
  /** Slack's name of the person, or their user id. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export const manualFinding = ({ action, target, id, by, at }: Wish): Finding => {
  const canonicalId = `cordon:manual/${id}`;
  return {
    kind: 'finding',
    source: 'manual',
    type: `Cordon:Manual/${action.id}`,
    title: untrusted(`${by} asked for it by hand. No service has found anything.`),
    description: untrusted(''),
    severity: 'HIGH',
    nativeSeverity: 'HIGH',
    account: target.account,
    region: target.region,
    resources: [target],
    actors: [],
    facts: [],
    canonicalId,
    fingerprint: createHash('sha256').update(canonicalId).digest('hex').slice(0, 16),
    eventId: canonicalId,
    count: 1,
    firstSeen: at,
    lastSeen: at,
    updatedAt: at,
    sample: false,
    archived: false,
  };
};

/** Nobody is called: whoever asked for it has it. */
export const manualDecision = ({
  action,
  channel,
  groupKey,
}: Pick<Wish, 'action'> & Pick<CardDecision, 'channel' | 'groupKey'>): CardDecision => ({
  kind: 'card',
  rule: 'manual',
  title: `Asked for by hand: ${action.title}`,
  severity: 'HIGH',
  channel,
  mention: false,
  actions: [action.id],
  atRisk: 'Not known: ask whoever wanted it, and read the reason in the thread.',
  attack: [],
  groupKey,
  because: 'A responder asked for it with /cordon request.',
});
