/** What a case keeps of its review, and what is still to be done since it was closed. Pure data. */

/** A part of a line: our own words, or what somebody else wrote, which is drawn literally. */
export type Piece = { readonly words: string } | { readonly quoted: string };

export type ReviewLine = readonly Piece[];

export interface ReviewSection {
  readonly title: string;
  /** `prompts`: questions that people answer; `tasks`: follow-ups. */
  readonly kind: 'facts' | 'prompts' | 'tasks';
  readonly lines: readonly ReviewLine[];
}

/** The newest draft. */
export interface CaseReview {
  /** 1 for the first. */
  readonly draft: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Slack user id of the one who asked for it; absent where Cordon drafted it by itself. */
  readonly by?: string;
  /** Of the first draft, and for good: what is in it belongs to people. */
  readonly canvas?: {
    /** Slack's id (`F…`). */
    readonly id: string;
    /** Whether the channel's members may write in it; `refused`: Slack does not let Cordon share it. */
    readonly shared: boolean | 'refused';
  };
  /** Why this draft is in the thread; goes on after "It is here, because". */
  readonly because?: string;
  /** What the thread says, as much as a message has room for; absent where the canvas says it. */
  readonly sections?: readonly ReviewSection[];
}

/** What worker does once a case is closed, or somebody wants its review; it stays until that is done. */
export interface WrapUp {
  /** ISO 8601 UTC. */
  readonly since: string;
  /** Whether a review is to be drafted. */
  readonly review: boolean;
  /** Slack user id of the one who asked for the review. */
  readonly by?: string;
  /** A canvas that is about to be made; a crash leaves it behind. */
  readonly claim?: { readonly id: string; readonly at: string };
}

/** The first containment that was verified. */
export interface Contained {
  /** What people call the action or playbook. */
  readonly title: string;
  /** From the opening of the case; milliseconds. */
  readonly afterMs: number;
}
