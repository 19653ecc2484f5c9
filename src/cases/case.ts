/** What humans work on: findings about the same thing, and what people did with them. */
import { createHash } from 'node:crypto';
import type { AuditDraft } from '../audit/entry.ts';
import type { Finding, Resource, Severity } from '../findings/finding.ts';
import type { CardDecision } from '../rules/rule.ts';

/** The newest known state of one finding of the case. */
export interface CaseFinding {
  readonly finding: Finding;
  /** When Cordon first received it; ISO 8601 UTC. */
  readonly receivedAt: string;
}

export interface Suppression {
  readonly until: string;
  readonly reason: string;
  /** Slack user id. */
  readonly by: string;
  readonly request: string;
}

/** Somebody was called past Slack. */
interface Paged {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Goes on after "paged because". */
  readonly because: string;
}

export interface Case {
  readonly id: string;
  readonly version: number;
  readonly groupKey: string;
  readonly openedAt: string;
  readonly channel: string;
  /** Highest severity among its findings. */
  readonly severity: Severity;
  readonly decision: CardDecision;
  /** By canonical id: a set, so that counting is idempotent in any order. */
  readonly findings: { readonly [canonicalId: string]: CaseFinding };
  /** What the card's buttons carry. */
  readonly token: string;
  readonly acknowledged?: { readonly by: string; readonly at: string };
  /** Slack user id of the owner. */
  readonly assignee?: string;
  /** Ids of its requests, oldest first. */
  readonly requests: readonly string[];
  readonly suppression?: Suppression;
  /** Why the last suppression is over: said in a new message. */
  readonly suppressionEnded?: {
    readonly at: string;
    readonly because: string;
    readonly request: string;
  };
  /** The last rise in severity: said in a new message. */
  readonly raised?: { readonly at: string; readonly to: Severity };
  /** Pages that were sent, by key (src/cases/paging.ts). */
  readonly pages?: { readonly [key: string]: Paged };
  readonly outbox: readonly AuditDraft[];
}

/** Ten letters and digits, the same for the same group whoever computes it. */
export const caseIdOf = (groupKey: string): string =>
  `C${createHash('sha256').update(groupKey).digest('hex').slice(0, 9).toUpperCase()}`;

/** Newest state first when two deliveries of one finding race. */
const newer = (a: Finding, b: Finding): Finding => {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt ? a : b;
  if (a.count !== b.count) return a.count > b.count ? a : b;
  return a.fingerprint >= b.fingerprint ? a : b;
};

const earliest = (a: string, b: string): string => (a < b ? a : b);
const latest = (a: string, b: string): string => (a > b ? a : b);

/** Joins two states of one finding: commutative, associative and idempotent. */
export const joinFindings = (a: CaseFinding, b: CaseFinding): CaseFinding => ({
  receivedAt: earliest(a.receivedAt, b.receivedAt),
  finding: {
    ...newer(a.finding, b.finding),
    count: Math.max(a.finding.count, b.finding.count),
    firstSeen: earliest(a.finding.firstSeen, b.finding.firstSeen),
    lastSeen: latest(a.finding.lastSeen, b.finding.lastSeen),
  },
});

export const caseFindings = (theCase: Case): readonly Finding[] =>
  Object.values(theCase.findings).map((entry) => entry.finding);

/** The finding that the card describes: the first one received. */
export const leadFinding = (theCase: Case): Finding => {
  const [first] = Object.values(theCase.findings).sort((a, b) =>
    a.receivedAt === b.receivedAt
      ? a.finding.canonicalId.localeCompare(b.finding.canonicalId)
      : a.receivedAt.localeCompare(b.receivedAt),
  );
  if (!first) throw new Error(`case ${theCase.id} has no finding`);
  return first.finding;
};

/** What a finding is about, for a person: the first thing that an action or a human can touch. */
export const mainResource = (finding: Finding): Resource | undefined =>
  finding.resources.find((resource) => resource.kind !== 'finding');

/** Every resource of the case, each once. */
export const caseResources = (theCase: Case): readonly Resource[] => {
  const byIdentity = new Map<string, Resource>();
  for (const resource of caseFindings(theCase).flatMap((finding) => finding.resources))
    byIdentity.set(resourceKey(resource), resource);
  return [...byIdentity.values()];
};

/** `kind/account/region/id`. */
const resourceKey = (resource: Resource): string =>
  [resource.kind, resource.account, resource.region, resource.id].join('/');
