/**
 * What evidence asks about a case: one file a source, listed in src/evidence/index.ts. A source only
 * reads, by the operations that it declares, and never fails: what could not be read is a gap with its
 * reason, and so is a limit that was reached.
 */
import type { Operation } from '../actions/aws.ts';
import type { Fact, Untrusted } from '../findings/finding.ts';
import type { Reader } from '../posture/question.ts';
import type { Place, Subjects } from './subjects.ts';

/** Something that happened. */
export interface Moment {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly what: Untrusted;
}

/** What is not in the evidence, so that nobody takes silence for an answer. */
export interface Gap {
  /** In our words: `CloudTrail of ci-deploy in eu-west-1`. */
  readonly what: string;
  /** Goes on after the colon; no full stop. */
  readonly because: string;
}

/** What one source found. JSON that survives a round trip. */
export interface Found {
  /** For the table in the thread, the most important first; `mostFacts` of them are drawn. */
  readonly facts: readonly Fact[];
  /** For the timeline in the thread; the newest of all sources are drawn. */
  readonly moments: readonly Moment[];
  readonly gaps: readonly Gap[];
  /** What a later gathering is compared with, one thing a text: what is not among them is new. */
  readonly seen: readonly Untrusted[];
  /** Everything, as it was read: goes into the evidence bucket. */
  readonly data: unknown;
}

/** Another case, as one that is worked on needs to know it. */
export interface PastCase {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly openedAt: string;
  readonly title: string;
  /** `open`, or what it turned out to be. */
  readonly outcome: string;
}

/** The source has no result yet: it is asked again, and goes on with what it noted. */
export class AskAgain extends Error {}

/** A log group that may be queried, where it is: not always where the case is. */
export interface LogPlace extends Place {
  readonly logGroup: string;
}

/** A table of logs in Athena. */
export interface TablePlace extends Place {
  readonly database: string;
  readonly table: string;
  /** Whose settings say where results go. */
  readonly workgroup: string;
}

/** Logs of the network of one account, as far as the configuration names them. */
export interface NetworkLogs {
  readonly flowLogs?: LogPlace;
  readonly resolverLogs?: LogPlace;
  readonly loadBalancerLogs?: TablePlace;
  readonly bucketLogs?: TablePlace;
}

/** One look at a case. */
export interface Looking {
  readonly subjects: Subjects;
  /** The case itself. */
  readonly caseId: string;
  /** Of this gathering of the case. */
  readonly number: number;
  /** Whether this gathering began just now: nothing is noted yet. */
  readonly isFirstTry: boolean;
  /** Whether what has no result now is not asked again: what there is has to do. */
  readonly isLastTry: boolean;
  /**
   * When the incident began as far as the findings tell, and when evidence was asked for, which is the
   * same in every try; ISO 8601 UTC.
   */
  readonly from: string;
  readonly to: string;
  /** The delegated administrator of the organisation's services. */
  readonly administrator: string;
  /**
   * AWS there, under the read role and at the pace that AWS allows. Calls throw `CallFailed`, or
   * `AskAgain` when there is no time left; in the last try that is a `CallFailed` too.
   */
  at(account: string, region: string): Reader;
  /** Logs of the network of that account and Region. */
  logs(place: Place): NetworkLogs;
  /** Keeps a text for the next try of this gathering; answers the first one kept under that name. */
  note(name: string, text: string): Promise<string>;
  noted(name: string): Promise<string | undefined>;
  /** Cases about this word, the newest first. */
  casesAbout(word: string, limit: number): Promise<readonly PastCase[]>;
}

export interface Source {
  /** Lower case, one word: names its object in the bucket. */
  readonly id: string;
  /** What people read before its facts: `Who`. */
  readonly title: string;
  /** Everything that it may call: the read role gets exactly this. */
  readonly reads: readonly Operation[];
  /** Whether the case names anything that it could ask about. */
  readonly fits: (subjects: Subjects, logs: Looking['logs']) => boolean;
  readonly gather: (looking: Looking) => Promise<Found>;
}

/** The facts of one source that the thread has room for. */
export const mostFacts = 5;
