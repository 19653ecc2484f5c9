/** What a case says of the drill that it is, and how that went. */

/** Of a drill, for drawing and counting: what decides is the drill's record in the requests table. */
export interface DrillMark {
  /** Of the drill. */
  readonly id: string;
  /** Id of the scenario. */
  readonly scenario: string;
  /** What is said to happen. */
  readonly story: string;
  /** Slack id of whoever started it; absent where the schedule did. */
  readonly by?: string;
  /** Slack ids of users and groups that are asked to take part. */
  readonly people: readonly string[];
  /** It ends by itself then; ISO 8601 UTC. */
  readonly until: string;
  /** Its messages do not get to Slack in this time; ISO 8601 UTC. */
  readonly silent?: { readonly from: string; readonly until: string };
  readonly ended?: DrillEnd;
}

/** How a drill went. */
export interface DrillEnd {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly goals: readonly {
    readonly title: string;
    readonly met: boolean;
    /** How it was, or what was missing. */
    readonly told: string;
  }[];
  /** What went wrong on purpose, and what would have been sent to AWS: one line each. */
  readonly lines: readonly string[];
  /** Slack user ids of those who did something. */
  readonly tookPart: readonly string[];
}
