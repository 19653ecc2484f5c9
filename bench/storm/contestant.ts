/** What is compared: the same figures for Cordon and for each policy of the peers. */
import type { Spread } from './percentile.ts';

export interface Contestant {
  readonly name: string;
  readonly findings: number;
  /** Findings that no message ever counted. */
  readonly lost: number;
  /** Groups that count something else at the end, and messages that counted too much. */
  readonly wrong: number;
  /** Answers with status 429. */
  readonly limited: number;
  /** All calls of Slack's Web API. */
  readonly calls: number;
  readonly posts: number;
  readonly updates: number;
  /** Seconds from sending to being visible, of the findings that became visible. */
  readonly visible: Spread;
  readonly writeUnits: number;
  /** Undefined where it does not run on Lambda. */
  readonly gbSeconds: number | undefined;
  /** Seconds of real time; what came after was run by the same code on a clock that leaps. */
  readonly leaptAfter: number | undefined;
}
