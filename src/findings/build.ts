/** What every parser does last: caps, times and the fingerprint. */
import { bounded } from './bounds.ts';
import type { Envelope } from './envelope.ts';
import { type Actor, type Fact, type Finding, type Resource, untrusted } from './finding.ts';
import { identifier, number, text, time } from './read.ts';
import { distinct } from './resource.ts';

interface Given
  extends Pick<
    Finding,
    'source' | 'severity' | 'nativeSeverity' | 'account' | 'region' | 'canonicalId'
  > {
  readonly type: string;
  readonly title: unknown;
  readonly description: unknown;
  readonly resources: readonly Resource[];
  readonly actors?: readonly Actor[];
  readonly facts?: readonly Fact[];
  /** As the source gives it; 1 when it cannot be read. */
  readonly count?: unknown;
  /** Candidates, the best first; the envelope's time when none can be read. */
  readonly firstSeen: readonly unknown[];
  readonly lastSeen: readonly unknown[];
  readonly updatedAt: readonly unknown[];
  readonly sample?: boolean;
  readonly archived?: boolean;
  /** The source's own states, where a change of them is worth an edit of the card. */
  readonly states?: readonly string[];
  /** Canonical id of its attack sequence; none when empty. */
  readonly sequence?: string;
  /** The finding itself where a service keeps it: comes last. */
  readonly kept?: Resource | undefined;
}

const mostResources = 50;

/** A finding within all caps: 50 resources (each once), 20 actors, 3 facts, and 16 kB in all. */
export const toFinding = (envelope: Envelope, given: Given): Finding => {
  const { source, severity, nativeSeverity, account, region, canonicalId, kept } = given;
  const state = {
    severity,
    archived: given.archived ?? false,
    count: countOf(number(given.count) ?? 1),
    updatedAt: firstTime([...given.updatedAt, envelope.time]),
  };
  return bounded({
    kind: 'finding',
    source,
    type: text(given.type, 512),
    title: untrusted(text(given.title)),
    description: untrusted(text(given.description)),
    nativeSeverity: text(nativeSeverity, 64),
    account,
    region,
    resources: kept
      ? [...distinct(given.resources, mostResources - 1), kept]
      : distinct(given.resources, mostResources),
    actors: (given.actors ?? []).slice(0, 20),
    facts: (given.facts ?? []).slice(0, 3),
    canonicalId: identifier(canonicalId),
    fingerprint: fingerprintOf(state, given.states ?? []),
    eventId: envelope.id,
    ...state,
    firstSeen: firstTime([...given.firstSeen, envelope.time]),
    lastSeen: firstTime([...given.lastSeen, envelope.time]),
    sample: given.sample ?? false,
    ...(given.sequence && { sequence: identifier(given.sequence) }),
  });
};

/** Within what DynamoDB can keep as a number. */
const countOf = (figure: number): number =>
  Math.trunc(Math.min(Math.max(figure, 1), Number.MAX_SAFE_INTEGER));

/** Counts 1, 2–9, 10–99 … are one bucket each: the card is edited when the magnitude changes. */
const fingerprintOf = (
  state: Pick<Finding, 'severity' | 'archived' | 'count' | 'updatedAt'>,
  states: readonly string[],
): string => {
  const bucket = state.count === 1 ? 'once' : `10^${Math.floor(Math.log10(state.count))}`;
  const own = states.filter(Boolean).map((word) => text(word, 32));
  return [
    state.severity,
    state.archived ? 'archived' : 'active',
    bucket,
    state.updatedAt,
    ...own,
  ].join('|');
};

const firstTime = (candidates: readonly unknown[]): string =>
  candidates.map(time).find((found) => found !== '') ?? '1970-01-01T00:00:00.000Z';
