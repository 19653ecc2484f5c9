/**
 * What posture asks: one file a question, listed in src/posture/index.ts. A question only reads, by
 * the operations that it declares, and answers with figures or says why it cannot be known.
 */
import type { Aws, Operation } from '../actions/aws.ts';

/** AWS in one account and Region under the read role, at the pace that AWS allows. */
export interface Reader extends Pick<Aws, 'call' | 'now'> {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** For a question that is asked once for the whole organisation. */
export interface WideReader extends Reader {
  /** The same account in another Region. */
  in(region: string): Promise<Reader>;
}

export interface KnownAccount {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
  /** Why the read role cannot be assumed there, without a full stop; absent when nothing says so. */
  readonly unreached?: string;
}

/** Whom the question is about: all known accounts, or one of them. */
export interface Scope {
  readonly kind: 'all' | 'one';
  readonly accounts: readonly KnownAccount[];
  /** Why an account that is not among them is not, without a full stop. */
  readonly unknownBecause?: string;
}

/** `fine` needs nobody; `look` is worth a look; `act` should not stay as it is. */
export type Verdict = 'fine' | 'look' | 'act';

/** One number of an answer. */
export interface Figure {
  /** What is counted, in our words; figures of several accounts add up by it. */
  readonly label: string;
  readonly value: number;
  /** Of how many; percentages have none. */
  readonly of?: number;
  readonly unit?: '%';
  readonly verdict: Verdict;
  /** What it was a week ago, where that is known and another number. */
  readonly was?: number;
  /** Where it can be acted on: an address that src/posture/console.ts built. */
  readonly link: string;
  /** What it is about, from AWS and untrusted: drawn literally, the first few of them. */
  readonly names?: readonly string[];
}

export type Answer =
  | {
      readonly kind: 'answered';
      readonly figures: readonly Figure[];
      /** What the figures leave out. */
      readonly partly?: string;
    }
  | { readonly kind: 'unknown'; readonly because: string };

export interface Question {
  readonly id: string;
  /** A few words: `Root user`. */
  readonly title: string;
  /** Everything that it may call: the read role gets exactly this. */
  readonly reads: readonly Operation[];
  /** Minutes for which an answer is good. */
  readonly freshMinutes: number;
  /**
   * Asks the administrator account about all accounts of the scope in a few calls; undefined when
   * that is not possible here. A question has this, `ofEach`, or both: then it is asked first.
   */
  readonly atOnce?: (reader: WideReader, scope: Scope) => Promise<Answer | undefined>;
  /** Asks one account about itself. */
  readonly ofEach?: (reader: Reader, scope: Scope) => Promise<Answer>;
}

/** Posture that is 15 minutes old still says where to act. */
export const usualMinutes = 15;

export const answered = (figures: readonly Figure[], partly?: string): Answer => ({
  kind: 'answered',
  figures,
  ...(partly ? { partly } : {}),
});

export const unknown = (because: string): Answer => ({ kind: 'unknown', because });
