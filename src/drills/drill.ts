/**
 * A drill: a case that people work on as on a real one, while AWS is only rehearsed. Its record lies in
 * the requests table, where only worker can make it; an event that calls itself a drill is an ordinary
 * finding.
 */

/** What goes wrong on purpose; told at the end. */
export type Twist =
  /** Nobody can approve until so many minutes after the request. */
  | { readonly kind: 'approver-absent'; readonly minutes: number }
  /** Somebody changes what a plan is about between its approval and its start. */
  | { readonly kind: 'drift' }
  /** Slack takes none of its messages for a while; ISO 8601 UTC. */
  | { readonly kind: 'slack-silent'; readonly from: string; readonly until: string }
  /** Somebody takes back what was contained. */
  | { readonly kind: 'counter-move' };

export const twistKinds = ['approver-absent', 'drift', 'slack-silent', 'counter-move'] as const;
export type TwistKind = (typeof twistKinds)[number];

/** Written once, never changed. */
export interface Drill {
  /** Random: plans carry it, and their hash covers it. */
  readonly id: string;
  /** Id of its case. */
  readonly case: string;
  /** Id of its scenario. */
  readonly scenario: string;
  /** Where it is said to happen. */
  readonly account: string;
  readonly region: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** When it ends by itself. */
  readonly until: string;
  /** Slack user id; absent where the configuration's schedule started it. */
  readonly startedBy?: string;
  /** Slack ids of users and groups that were asked to take part. */
  readonly people: readonly string[];
  readonly twist?: Twist;
}

/** One call to AWS as it would have been sent. */
export interface RehearsedCall {
  readonly account: string;
  readonly region: string;
  /** `iam:UpdateAccessKey`. */
  readonly operation: string;
  readonly input: object;
  /** The member role that it would be sent under; absent for what others do. */
  readonly role?: string;
}

/** What happened to the drill's own AWS, in order: the whole of its state. */
export interface Rehearsed {
  /** 1, 2, 3 … */
  readonly n: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** A twist of that name happens once. */
  readonly by: 'cordon' | TwistKind;
  readonly calls: readonly RehearsedCall[];
}

/** A plan, a request or a case of a drill says so before anything else. */
export const drillWord = 'DRILL: ';
