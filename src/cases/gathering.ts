/** Evidence about a case as the case remembers it: what was asked for, and what its thread shows of it. Pure. */
import type { Fact, Untrusted } from '../findings/finding.ts';

interface GatheredSection {
  /** Id of the source. */
  readonly source: string;
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** What came of a gathering; the whole of it lies in the evidence bucket. */
export interface GatheredEvidence {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly sections: readonly GatheredSection[];
  /** The newest last; `at` in ISO 8601 UTC. */
  readonly moments: readonly { readonly at: string; readonly what: Untrusted }[];
  /** What could not be read, and the limits that were reached. */
  readonly gaps: readonly { readonly what: string; readonly because: string }[];
  /** What the gathering before did not have; absent where there was none to compare with. */
  readonly fresh?: readonly Untrusted[];
  /** How many of each are in the bucket only; absent in those that Cordon stored before it counted them. */
  readonly more?: {
    readonly facts: number;
    readonly moments: number;
    readonly gaps: number;
    readonly fresh: number;
  };
  /** The object that lists all others of this gathering, and its SHA-256 in hexadecimal digits. */
  readonly manifest: { readonly key: string; readonly sha256: string };
}

export interface Gathering {
  /** 1 for the first of the case: part of its objects' names. */
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly askedAt: string;
  /** Slack user id; absent where Cordon did it by itself. */
  readonly by?: string;
  /** How often worker had to leave it for later. */
  readonly tries: number;
  /** Absent while it goes on. */
  readonly found?: GatheredEvidence;
  /** Why it was not done. */
  readonly skipped?: string;
}

interface Gathered {
  readonly gatherings?: readonly Gathering[];
}

/** The case keeps as many; older ones stay in the bucket and in the thread. */
const mostKept = 3;

/** The one that goes on. */
export const openGathering = ({ gatherings = [] }: Gathered): Gathering | undefined =>
  gatherings.find(({ found, skipped }) => !found && skipped === undefined);

/** With one more that is asked for `at`; undefined while one goes on. */
export const withGathering = (
  theCase: Gathered,
  { at, by }: { readonly at: string; readonly by?: string },
): readonly Gathering[] | undefined => {
  if (openGathering(theCase)) return undefined;
  const { gatherings = [] } = theCase;
  const number = (gatherings.at(-1)?.number ?? 0) + 1;
  return [
    ...gatherings.slice(1 - mostKept),
    { number, askedAt: at, tries: 0, ...(by ? { by } : {}) },
  ];
};

/** The open one with something changed. */
export const withOpen = (theCase: Gathered, change: Partial<Gathering>): readonly Gathering[] => {
  const open = openGathering(theCase);
  return (theCase.gatherings ?? []).map((one) => (one === open ? { ...one, ...change } : one));
};
