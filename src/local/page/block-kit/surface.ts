/** What a drawn block may know and do; a message and a modal each give their own. */
import type { Confirm } from '@slack/types';

/** Names behind the ids in mentions; undefined draws the id. */
export interface Names {
  user(id: string): string | undefined;
  group(id: string): string | undefined;
  channel(id: string): string | undefined;
}

interface Press {
  readonly actionId: string;
  readonly value?: string;
  /** What shows the spinner. */
  readonly control: HTMLElement;
  /** Asked first, when there is one. */
  readonly confirm?: Confirm | undefined;
}

export interface Surface {
  readonly names: Names;
  /** Everybody who can be chosen: id and name. */
  people(): readonly (readonly [id: string, name: string])[];
  /** Milliseconds since 1970, the world's clock. */
  now(): number;
  press(press: Press): void;
  /** What an input shows: what was typed before, or `initial`. */
  recall(blockId: string, actionId: string, initial: string): string;
  remember(blockId: string, actionId: string, value: string): void;
}
