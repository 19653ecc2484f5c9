/** Two cases that turned out to be one, and one that turned out to be two: what becomes of their findings. */
import { type Severity, severities } from '../findings/finding.ts';
import type { Absorbed, Case, CaseFinding } from './case.ts';
import { joinFindings, toldFindings } from './case-findings.ts';
import { mostTold } from './news.ts';

const worseThan = (a: Severity, b: Severity): boolean =>
  severities.indexOf(a) > severities.indexOf(b);

/** The findings of both, as many as a case tells, those of `current` first. */
const joined = (current: Case, other: Case): Case['findings'] => {
  const findings: Record<string, CaseFinding> = { ...current.findings };
  for (const entry of toldFindings(other)) {
    const { canonicalId } = entry.finding;
    const known = findings[canonicalId];
    if (known) findings[canonicalId] = joinFindings(known, entry);
    else if (Object.keys(findings).length < mostTold) findings[canonicalId] = entry;
  }
  return findings;
};

/** Whoever took what is at least as bad has taken this too. */
const owned = (current: Case, other: Case): Partial<Case> => {
  const { acknowledged, firstAcknowledgedAt, assignee } = other;
  if (current.acknowledged || !acknowledged) return {};
  if (worseThan(current.severity, other.severity)) return {};
  const owner = current.assignee ?? assignee;
  return {
    acknowledged,
    ...(firstAcknowledgedAt ? { firstAcknowledgedAt } : {}),
    ...(owner ? { assignee: owner } : {}),
  };
};

const withAbsorbed = (
  { absorbed = [] }: Case,
  { id, assignee }: Case,
  when: Omit<Absorbed, 'id' | 'had'>,
): readonly Absorbed[] =>
  absorbed.some((one) => one.id === id)
    ? absorbed
    : [...absorbed, { id, ...when, ...(assignee ? { had: assignee } : {}) }];

/**
 * What changes of the case in which another one goes on. When the other one is worse, the card
 * describes its lead from now on, in the channel and for the people that it has.
 */
export const absorb = (
  current: Case,
  { other, ...when }: Omit<Absorbed, 'id' | 'had'> & { readonly other: Case },
): Partial<Case> => {
  const findings = joined(current, other);
  const set = {
    findings,
    absorbed: withAbsorbed(current, other, when),
    ...owned(current, other),
  };
  if (!worseThan(other.severity, current.severity) || !findings[other.lead]) return set;
  const { channel, mention, onCall } = current.decision;
  const { onCall: _, ...words } = other.decision;
  return {
    ...set,
    severity: other.severity,
    lead: other.lead,
    decision: { ...words, channel, mention, ...(onCall ? { onCall } : {}) },
    raised: { at: when.at, to: other.severity },
  };
};

const worst = (entries: readonly CaseFinding[]): CaseFinding | undefined =>
  entries.reduce<CaseFinding | undefined>(
    (found, entry) =>
      found && !worseThan(entry.finding.severity, found.finding.severity) ? found : entry,
    undefined,
  );

/** The case without this finding; undefined when it is not told there, or is the only one. */
export const splitOff = (current: Case, canonicalId: string): Partial<Case> | undefined => {
  const { [canonicalId]: gone, ...findings } = current.findings;
  const left = worst(toldFindings({ ...current, findings }));
  if (!gone || !left) return undefined;
  if (current.lead !== canonicalId) return { findings };
  return {
    findings,
    lead: left.finding.canonicalId,
    decision: { ...current.decision, title: left.title, actions: left.actions },
  };
};
