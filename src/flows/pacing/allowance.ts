/** What is left of Slack's limits during one turn: every call is asked for before it is made. */
import {
  type Budget,
  type Call,
  pruned,
  refused,
  spend,
  tokensFor,
  waitFor,
} from '../../slack/budget.ts';
import { type Priority, priorities } from '../../store/dirty.ts';

/** Who wants to call: a case by its priority, or the card that counts for all that wait. */
export type Caller = Priority | 'roll-up';

export interface Allowance {
  /** Spends a call and answers 0; or how many milliseconds to wait for it. */
  ask(call: Call, caller: Caller): number;
  /** Whether `ask` would answer 0. */
  affords(call: Call, caller: Caller): boolean;
  /** Whole calls that this caller may make now. */
  left(call: Call, caller: Caller): number;
  refused(call: Call, seconds: number): void;
  /** To be stored. */
  budget(): Budget;
}

/** Edits that are left to those who are more urgent: people first, then what counts for everybody. */
const editReserve = { roll: 6, others: 10 } as const;

export const allowanceOf = (start: Budget, clock: { now(): number }): Allowance => {
  let budget = start;
  const reserve = (call: Call, caller: Caller): number => {
    if (call.method === 'post' || caller === priorities.human) return 0;
    return caller === 'roll-up' ? editReserve.roll : editReserve.others;
  };
  const wait = (call: Call, caller: Caller): number =>
    waitFor(budget, call, reserve(call, caller), clock.now());
  return {
    ask(call, caller) {
      const ms = wait(call, caller);
      if (ms === 0) budget = spend(budget, call, clock.now());
      return ms;
    },
    affords: (call, caller) => wait(call, caller) === 0,
    left: (call, caller) =>
      Math.max(0, Math.floor(tokensFor(budget, call, clock.now()) - reserve(call, caller))),
    refused(call, seconds) {
      budget = refused(budget, call, seconds, clock.now());
    },
    budget: () => pruned(budget, clock.now()),
  };
};
