/** Folding a finding into its case, and what people do with a case: pure, order does not matter. */
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import { type Finding, type Severity, severities } from '../findings/finding.ts';
import type { CardDecision } from '../rules/rule.ts';
import { type Case, type CaseFinding, caseIdOf, joinFindings, type Suppression } from './case.ts';

const higher = (a: Severity, b: Severity): Severity =>
  severities.indexOf(a) >= severities.indexOf(b) ? a : b;

export interface Arrival {
  readonly finding: Finding;
  readonly decision: CardDecision;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** Random; used only when the case is new. */
  readonly token: string;
}

const draft = (
  theCase: Pick<Case, 'id' | 'version'>,
  entry: Pick<AuditDraft, 'at' | 'kind' | 'actor' | 'because' | 'detail'>,
): AuditDraft => ({ ...entry, id: draftIdOf(theCase.id, theCase.version), case: theCase.id });

const openCase = (arrival: Arrival): Case => {
  const { finding, decision, receivedAt } = arrival;
  const id = caseIdOf(decision.groupKey);
  return {
    id,
    version: 1,
    groupKey: decision.groupKey,
    openedAt: receivedAt,
    channel: decision.channel,
    severity: decision.severity,
    decision,
    findings: { [finding.canonicalId]: { finding, receivedAt } },
    token: arrival.token,
    requests: [],
    outbox: [
      draft(
        { id, version: 1 },
        {
          at: receivedAt,
          kind: 'case.opened',
          actor: 'cordon:ingest',
          because: decision.because,
          detail: { rule: decision.rule, finding: finding.canonicalId, type: finding.type },
        },
      ),
    ],
  };
};

export type Folded =
  | { readonly kind: 'opened' | 'updated'; readonly case: Case }
  /** A redelivery: nothing new, nothing to write. */
  | { readonly kind: 'unchanged'; readonly case: Case };

export const fold = (current: Case | undefined, arrival: Arrival): Folded => {
  if (!current) return { kind: 'opened', case: openCase(arrival) };
  const incoming: CaseFinding = { finding: arrival.finding, receivedAt: arrival.receivedAt };
  const known = current.findings[arrival.finding.canonicalId];
  const joined = known ? joinFindings(known, incoming) : incoming;
  const severity = higher(current.severity, arrival.decision.severity);
  if (known && severity === current.severity && equal(known, joined))
    return { kind: 'unchanged', case: current };
  const folded: Case = {
    ...current,
    version: current.version + 1,
    severity,
    findings: { ...current.findings, [arrival.finding.canonicalId]: joined },
  };
  return {
    kind: 'updated',
    case: severity === current.severity ? folded : worsened(folded, arrival),
  };
};

/**
 * A rise in severity is told anew, by the newer decision's rules, and breaks a suppression: what
 * was judged harmless is no longer the same.
 */
const worsened = (current: Case, arrival: Arrival): Case => {
  const { severity } = current;
  const because = `severity rose to ${severity}`;
  const end = { at: arrival.receivedAt, actor: 'cordon:ingest', because };
  const { mention, onCall } = arrival.decision.mention ? arrival.decision : current.decision;
  const { onCall: _, ...decision } = current.decision;
  const raised: Case = {
    ...current,
    decision: { ...decision, severity, mention, ...(onCall && { onCall }) },
    raised: { at: arrival.receivedAt, to: severity },
  };
  return raised.suppression
    ? endSuppression(raised, end)
    : { ...raised, outbox: [...raised.outbox, draft(raised, { ...end, kind: 'case.raised' })] };
};

const endSuppression = (
  current: Case,
  end: { readonly at: string; readonly actor: string; readonly because: string },
): Case => {
  const { suppression, ...rest } = current;
  return {
    ...rest,
    suppressionEnded: {
      at: end.at,
      because: end.because,
      request: suppression?.request ?? '',
    },
    outbox: [...rest.outbox, draft(current, { ...end, kind: 'case.suppression-ended' })],
  };
};

/** What a repeat can change; the time of receipt alone is no change. */
const equal = ({ finding: a }: CaseFinding, { finding: b }: CaseFinding): boolean =>
  a.fingerprint === b.fingerprint &&
  a.updatedAt === b.updatedAt &&
  a.count === b.count &&
  a.firstSeen === b.firstSeen &&
  a.lastSeen === b.lastSeen;

export type CaseEvent =
  | { readonly kind: 'acknowledge'; readonly user: string; readonly actor: string }
  | { readonly kind: 'request'; readonly request: string }
  | { readonly kind: 'suppress'; readonly suppression: Suppression }
  | { readonly kind: 'suppression-end'; readonly request: string; readonly because: string }
  | { readonly kind: 'page'; readonly key: string; readonly because: string };

/** The next case, or undefined when nothing changes. */
export const onCase = (current: Case, event: CaseEvent, at: string): Case | undefined => {
  const version = current.version + 1;
  const write = (
    change: Partial<Case>,
    entry: Pick<AuditDraft, 'kind' | 'actor' | 'because' | 'detail'>,
  ): Case => ({
    ...current,
    ...change,
    version,
    outbox: [...current.outbox, draft({ id: current.id, version }, { at, ...entry })],
  });
  switch (event.kind) {
    case 'acknowledge':
      if (current.acknowledged && current.assignee) return undefined;
      return write(
        {
          acknowledged: current.acknowledged ?? { by: event.user, at },
          assignee: current.assignee ?? event.user,
        },
        { kind: 'case.acknowledged', actor: event.actor, because: 'a responder took it' },
      );
    case 'request':
      if (current.requests.includes(event.request)) return undefined;
      return { ...current, version, requests: [...current.requests, event.request] };
    case 'suppress':
      if (current.suppression?.request === event.suppression.request) return undefined;
      return write(
        { suppression: event.suppression },
        {
          kind: 'case.suppressed',
          actor: 'cordon:worker',
          because: event.suppression.reason,
          detail: { until: event.suppression.until, request: event.suppression.request },
        },
      );
    case 'suppression-end':
      return current.suppression?.request === event.request
        ? endSuppression(
            { ...current, version },
            { at, actor: 'cordon:worker', because: event.because },
          )
        : undefined;
    case 'page':
      if (current.pages?.[event.key]) return undefined;
      return write(
        { pages: { ...current.pages, [event.key]: { at, because: event.because } } },
        {
          kind: 'case.paged',
          actor: 'cordon:tick',
          because: event.because,
          detail: { page: event.key },
        },
      );
    default:
      return event satisfies never;
  }
};
