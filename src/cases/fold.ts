/** Folding a finding into its case, and what people do with a case: pure, order does not matter. */
import { type AuditDraft, draftIdOf } from '../audit/entry.ts';
import { type Finding, type Severity, severities } from '../findings/finding.ts';
import type { CardDecision, Decision } from '../rules/rule.ts';
import {
  type Case,
  type CaseFinding,
  isOverAtSource,
  joinFindings,
  type Suppression,
} from './case.ts';
import { bringsNews, newActors } from './news.ts';

const higher = (a: Severity, b: Severity): Severity =>
  severities.indexOf(a) >= severities.indexOf(b) ? a : b;

export interface Arrival {
  readonly finding: Finding;
  /** What was decided about it by itself; a finding below the floor may still belong to a case. */
  readonly decision: Decision;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
}

/** What a case is opened with; only a finding that was decided to be a card opens one. */
export interface Opening {
  readonly id: string;
  readonly groupKey: string;
  /** Random: what the card's buttons carry. */
  readonly token: string;
}

const draft = (
  theCase: Pick<Case, 'id' | 'version'>,
  entry: Pick<AuditDraft, 'at' | 'kind' | 'actor' | 'because' | 'detail'>,
): AuditDraft => ({ ...entry, id: draftIdOf(theCase.id, theCase.version), case: theCase.id });

const severityOf = ({ decision, finding }: Arrival): Severity =>
  decision.kind === 'drop' ? finding.severity : decision.severity;

const entryOf = ({ finding, decision, receivedAt }: Arrival): CaseFinding => ({
  finding,
  receivedAt,
  title: decision.kind === 'drop' ? finding.title : decision.title,
  actions: decision.kind === 'card' ? decision.actions : [],
});

/** The case that this finding opens. */
export const openCase = (
  opening: Opening,
  arrival: Arrival & { readonly decision: CardDecision },
): Case => {
  const { finding, decision, receivedAt } = arrival;
  const { id } = opening;
  return {
    ...opening,
    version: 1,
    openedAt: receivedAt,
    channel: decision.channel,
    severity: decision.severity,
    decision,
    lead: finding.canonicalId,
    findings: { [finding.canonicalId]: entryOf(arrival) },
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

/** The case with this finding in it; the same value when there is nothing to tell or to change. */
export const fold = (current: Case, arrival: Arrival): Case => {
  const { canonicalId } = arrival.finding;
  const incoming = entryOf(arrival);
  const known = current.findings[canonicalId];
  const severity = higher(current.severity, severityOf(arrival));
  const worse = severity !== current.severity;
  if (!known && !worse && !bringsNews(current, incoming)) return current;
  const joined = known ? joinFindings(known, incoming) : incoming;
  if (known && !worse && equal(known, joined)) return current;
  const folded: Case = {
    ...current,
    version: current.version + 1,
    findings: { ...current.findings, [canonicalId]: joined },
    ...(known?.finding.archived && !joined.finding.archived
      ? { returned: { at: arrival.receivedAt, finding: canonicalId } }
      : {}),
  };
  if (worse) return worsened(folded, arrival, severity);
  const [actor] = current.suppression ? newActors(current, incoming) : [];
  return actor === undefined
    ? folded
    : endSuppression(folded, {
        at: arrival.receivedAt,
        actor: 'cordon:ingest',
        because: `a new actor appeared: ${actor}`,
      });
};

/**
 * Whether the sources say of all of it that it is over. `counted` is how many findings its card
 * counts; `active` that one has just come that is not over.
 */
export const withEnd = (theCase: Case, counted: number, active: boolean): Case => {
  const over = !active && isOverAtSource(theCase, counted);
  if (over === (theCase.over === true)) return theCase;
  const { over: _, ...rest } = theCase;
  return { ...rest, version: theCase.version + 1, ...(over ? { over } : {}) };
};

/**
 * A rise in severity is told anew, by the newer decision's rules, and breaks a suppression: what
 * was judged harmless is no longer the same. The card describes the worse finding from now on.
 */
const worsened = (current: Case, arrival: Arrival, severity: Severity): Case => {
  const because = `severity rose to ${severity}`;
  const end = { at: arrival.receivedAt, actor: 'cordon:ingest', because };
  const raised: Case = {
    ...current,
    severity,
    lead: arrival.finding.canonicalId,
    decision: decisionAfter(current.decision, arrival, severity),
    raised: { at: arrival.receivedAt, to: severity },
  };
  return raised.suppression
    ? endSuppression(raised, end)
    : { ...raised, outbox: [...raised.outbox, draft(raised, { ...end, kind: 'case.raised' })] };
};

/** The newer words, in the channel that the case has; whoever was to be called still is. */
const decisionAfter = (
  before: CardDecision,
  { decision }: Arrival,
  severity: Severity,
): CardDecision => {
  if (decision.kind !== 'card') return { ...before, severity };
  const { mention, onCall } = decision.mention ? decision : before;
  const { onCall: _, ...words } = decision;
  return { ...words, severity, channel: before.channel, mention, ...(onCall && { onCall }) };
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

const knowsSuppression = (current: Case, request: string): boolean =>
  current.suppression?.request === request || current.suppressionEnded?.request === request;

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
      // Told again after it was broken: what broke it still holds.
      if (knowsSuppression(current, event.suppression.request)) return undefined;
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
