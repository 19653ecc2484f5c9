/** What the findings of a case say together: which one leads, what is told, what it is about. Pure. */
import { addressesOf } from '../findings/addresses.ts';
import type { Finding, Resource } from '../findings/finding.ts';
import type { Case, CaseFinding } from './case.ts';

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
  title: a.title,
  actions: a.actions,
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

/** The told findings, in the order in which they came. */
export const toldFindings = (theCase: Case): readonly CaseFinding[] =>
  Object.values(theCase.findings).sort((a, b) =>
    a.receivedAt === b.receivedAt
      ? a.finding.canonicalId.localeCompare(b.finding.canonicalId)
      : a.receivedAt.localeCompare(b.receivedAt),
  );

/** The finding that the card describes. */
export const leadFinding = (theCase: Case): Finding => {
  const entry = theCase.findings[theCase.lead] ?? toldFindings(theCase)[0];
  if (!entry) throw new Error(`case ${theCase.id} has no finding`);
  return entry.finding;
};

/** Ids of the offered actions: the lead's first, then those of what else is told. */
export const caseActions = (theCase: Case): readonly string[] => [
  ...new Set([
    ...theCase.decision.actions,
    ...toldFindings(theCase).flatMap(({ actions }) => actions),
  ]),
];

/** Whether the sources say of every finding that it is over; `counted` is how many there are. */
export const isOverAtSource = (theCase: Case, counted: number): boolean =>
  caseFindings(theCase).length >= counted &&
  caseFindings(theCase).every(({ archived }) => archived);

/** What a finding is about, for a person: the first thing that an action or a human can touch. */
export const mainResource = (finding: Finding): Resource | undefined =>
  finding.resources.find((resource) => resource.kind !== 'finding');

/** Every resource of the case, each once, those of the lead first. */
export const caseResources = (theCase: Case): readonly Resource[] => {
  const byIdentity = new Map<string, Resource>();
  const findings = [leadFinding(theCase), ...toldFindings(theCase).map(({ finding }) => finding)];
  const named = findings.flatMap((finding) => finding.resources);
  for (const resource of [...named, ...findings.flatMap(addressesOf)]) {
    const key = resourceKey(resource);
    if (!byIdentity.has(key)) byIdentity.set(key, resource);
  }
  return [...byIdentity.values()];
};

/** What a playbook is chosen by. */
export const caseSituation = (theCase: Case) => ({
  rule: theCase.decision.rule,
  type: leadFinding(theCase).type,
  severity: theCase.severity,
  resources: caseResources(theCase),
});

/** `kind/account/region/id`. */
export const resourceKey = (resource: Resource): string =>
  [resource.kind, resource.account, resource.region, resource.id].join('/');
