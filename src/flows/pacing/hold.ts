/**
 * The turn, held while its holder lives: renewed as long as its process runs, so that the death of its
 * holder is over in a second and a half, however long Slack may take to answer a holder that lives.
 */
import type { PacerState, Turn } from '../../store/pacer-state.ts';
import { isoIn, isoNow, type Ports } from '../ports.ts';

/** Does `work` after so many milliseconds while other work waits; answers how to call it off. */
export type Timer = (ms: number, work: () => void) => () => void;

export type HoldPorts = Pick<Ports, 'chance'> & {
  /** Without it a turn ends with its first lease. */
  readonly later?: Timer;
  readonly cases: { readonly pacer: Ports['cases']['pacer'] };
};

export interface Hold {
  /** What was known when the turn was taken. */
  readonly state: PacerState;
  /** Whether something may begin: the turn is still ours, and its work time is not over. */
  mayBegin(): boolean;
  /** Asked for what the next holder is to find, should this one die. */
  remember(state: () => PacerState): void;
  /** Lets go, and leaves what was remembered last. */
  letGo(): Promise<void>;
}

/** Whoever is heard of no more has lost the turn. */
const leaseMs = 1_500;
const renewMs = 500;
/** As far apart may two machines' clocks be. */
export const skewMs = 500;
/** A turn begins nothing after it, so that what it needs to know is never old. */
const workMs = 2_500;

/** The turn, unless somebody else has it. */
export const holdTurn = async (ports: HoldPorts): Promise<Hold | undefined> => {
  const { chance, cases } = ports;
  const over = chance.now() + workMs;
  let leased = chance.now() + leaseMs;
  const taken = await cases.pacer.take(chance.id(), isoNow(chance), isoIn(chance, leaseMs));
  if (!taken) return undefined;
  let turn: Turn | undefined = taken;
  let state = (): PacerState => taken.state;
  let [ended, renewing] = [false, Promise.resolve()];

  /** Once that fails, the turn runs out. */
  const renew = async (): Promise<void> => {
    if (!turn) return;
    const until = chance.now() + leaseMs;
    try {
      turn = await cases.pacer.keep({ ...turn, state: state() }, new Date(until).toISOString());
      if (turn) leased = until;
    } catch {
      ended = true;
    }
  };
  const renewLater = (): (() => void) | undefined =>
    ports.later?.(renewMs, () => {
      renewing = renew().then(() => {
        if (!ended && turn) callOff = renewLater();
      });
    });
  let callOff = renewLater();

  return {
    state: taken.state,
    mayBegin: () => turn !== undefined && chance.now() < Math.min(over, leased - skewMs),
    remember(next) {
      state = next;
    },
    async letGo() {
      ended = true;
      callOff?.();
      await renewing;
      if (turn) await cases.pacer.release({ ...turn, state: state() });
    },
  };
};
