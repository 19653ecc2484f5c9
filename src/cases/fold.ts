/** Folding a finding into its case: pure, order does not matter. */
import { type Finding, type Severity, severities } from '../findings/finding.ts';
import type { CardDecision, Decision } from '../rules/rule.ts';
import { withSilenced } from './at-source.ts';
import type { Case, CaseFinding } from './case.ts';
import { joinFindings } from './case-findings.ts';
import { draft, endSnooze, endSuppression, reopenBy } from './change.ts';
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
          detail: {
            rule: decision.rule,
            finding: finding.canonicalId,
            type: finding.type,
            // EventBridge's: the same in the log of ingest.
            event: finding.eventId,
          },
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
  // Somebody's word lowered it: the same thing again does not raise it, something worse does.
  const rated = current.lowered?.from ?? current.severity;
  const severity = higher(rated, severityOf(arrival));
  const worse = severity !== rated;
  if (!known && !worse && !bringsNews(current, incoming)) return current;
  const joined = known ? joinFindings(known, incoming) : incoming;
  if (known && !worse && equal(known, joined)) return current;
  const joinedTo: Case = {
    ...current,
    version: current.version + 1,
    findings: { ...current.findings, [canonicalId]: joined },
    ...(known?.finding.archived && !joined.finding.archived
      ? { returned: { at: arrival.receivedAt, finding: canonicalId } }
      : {}),
  };
  const folded = withSilenced(joinedTo, known?.finding, {
    finding: joined.finding,
    at: arrival.receivedAt,
  });
  if (worse) return worsened(folded, arrival, severity);
  return disturbed(folded, arrival, {
    actor: newActors(current, incoming)[0],
    isNew: !known,
  });
};

/** What people left alone or closed needs them again; a repeat of what they knew does not. */
const disturbed = (
  folded: Case,
  { receivedAt, finding }: Arrival,
  { actor, isNew }: { readonly actor: string | undefined; readonly isNew: boolean },
): Case => {
  const end = (because: string) => ({ at: receivedAt, actor: 'cordon:ingest', because });
  const returned = folded.returned?.at === receivedAt;
  if (actor !== undefined) {
    const because = `a new actor appeared: ${actor}`;
    const told = folded.suppression ? endSuppression(folded, end(because)) : folded;
    return reopenBy(endSnooze(told, end(because)), end(because));
  }
  if (!isNew && !returned) return folded;
  const because = returned ? 'it is back at its source' : `something new came: ${finding.type}`;
  return reopenBy(folded, end(because));
};

/**
 * A rise in severity is told anew, by the newer decision's rules, and breaks a suppression: what
 * was judged harmless is no longer the same. The card describes the worse finding from now on.
 */
const worsened = (current: Case, arrival: Arrival, severity: Severity): Case => {
  const because = `severity rose to ${severity}`;
  const end = { at: arrival.receivedAt, actor: 'cordon:ingest', because };
  const { lowered: _, ...rest } = current;
  const raised: Case = {
    ...rest,
    severity,
    lead: arrival.finding.canonicalId,
    decision: decisionAfter(current.decision, arrival, severity),
    raised: { at: arrival.receivedAt, to: severity },
  };
  const told = raised.suppression
    ? endSuppression(raised, end)
    : { ...raised, outbox: [...raised.outbox, draft(raised, { ...end, kind: 'case.raised' })] };
  return reopenBy(endSnooze(told, end), end);
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

/** What a repeat can change; the time of receipt alone is no change. */
const equal = ({ finding: a }: CaseFinding, { finding: b }: CaseFinding): boolean =>
  a.fingerprint === b.fingerprint &&
  a.updatedAt === b.updatedAt &&
  a.count === b.count &&
  a.firstSeen === b.firstSeen &&
  a.lastSeen === b.lastSeen;
