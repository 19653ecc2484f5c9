/** One message that Slack should show, as a value: what notify makes true. */
import type { KnownBlock } from '@slack/types';

export interface DesiredMessage {
  /** Stable inside its case: `card`, `request:R…:1`, `failed:R…:1`. A new key is a new message. */
  readonly key: string;
  /** False for the card itself, true for everything in its thread. */
  readonly inThread: boolean;
  /** Also shown in the channel, once. */
  readonly broadcast: boolean;
  /** Another channel, or a person (`U…`): then it is in no thread. The case's own channel when absent. */
  readonly to?: string;
  /** Something happened outside: whom it calls counts anew (src/flows/pacing/call-limit.ts). */
  readonly anew?: boolean;
  /** Lock-screen text, at most 120 characters. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** How many findings it counts; kept in its metadata. */
  readonly findings?: number;
  /** Of these, how many have no place on a card yet. */
  readonly waiting?: number;
}
