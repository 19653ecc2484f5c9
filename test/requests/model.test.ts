/**
 * The state machine beside a small model of it: whatever people, clocks and functions do, in any order, with
 * answers that were lost, two clicks at the same moment and buttons of an older plan.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tier } from '../../src/actions/action.ts';
import type { Request } from '../../src/requests/request.ts';
import { countedApprovals, quorumReached } from '../../src/requests/tiers.ts';
import { transition } from '../../src/requests/transition.ts';
import {
  begun,
  human,
  iso,
  type Model,
  type Move,
  minute,
  moves,
  requestOf,
} from './request-model.ts';

/** The table: one item, written on condition of its version. */
interface Real {
  item: Request;
}

const reached = new Set<string>();

const store = (real: Real, next: Request, was: number): boolean => {
  if (real.item.version !== was) return false;
  real.item = next;
  return true;
};

/** What holds of any request at any time. */
const holds = (model: Model, { item }: Real): void => {
  reached.add(item.state);
  expect(item.state).toBe(model.state);
  expect(item.version).toBe(1 + model.stored);
  expect(item.outbox.map(({ id }) => id)).toHaveLength(
    new Set(item.outbox.map(({ id }) => id)).size,
  );
  expect(item.outbox).toHaveLength(model.stored);
  expect(new Set(countedApprovals(item))).toEqual(model.agreed);
  expect(countedApprovals(item)).not.toContain(human('maria'));
  if (['approved', 'executing', 'stopping', 'contained'].includes(item.state))
    expect(quorumReached(item)).toBe(true);
};

const carriedOut = (model: Model, real: Real, move: Move): void => {
  const verdict = move.verdict(model);
  const event = move.event(real.item, model);
  const answer = transition(real.item, event, iso(model.now));
  if (typeof verdict === 'string') {
    expect(answer).toMatchObject({ kind: 'refused', code: verdict });
    return;
  }
  expect(answer.kind).toBe('moved');
  if (answer.kind !== 'moved') return;
  expect(store(real, answer.request, real.item.version)).toBe(true);
  verdict(model);
  model.stored += 1;
};

/** `again`: the answer of the write was lost, so the same event comes once more. */
const step = (move: Move, after: number, again: boolean): fc.Command<Model, Real> => ({
  check: () => true,
  run(model, real) {
    model.now += after;
    carriedOut(model, real, move);
    if (again) carriedOut(model, real, move);
    holds(model, real);
  },
  toString: () => `${move.say}${again ? ', twice' : ''} after ${after / 1000} s`,
});

/** Both read the same item; the second to write loses, reads again and is judged by what is there then. */
const together = (first: Move, second: Move): fc.Command<Model, Real> => ({
  check: () => true,
  run(model, real) {
    const read = real.item;
    const late = transition(read, second.event(read, model), iso(model.now));
    carriedOut(model, real, first);
    if (late.kind === 'moved' && read.version !== real.item.version)
      expect(store(real, late.request, read.version)).toBe(false);
    carriedOut(model, real, second);
    holds(model, real);
  },
  toString: () => `${first.say}, and at once ${second.say}`,
});

const move = fc.constantFrom(...moves);
// Most things happen soon: else everything would only expire.
const pause = fc.constantFrom(0, 0, 0, 0, 1000, 1000, 1000, minute, 16 * minute, 31 * minute);

test('whatever happens in whichever order, a request is what its model says', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Tier>(2, 3),
      fc.commands(
        [
          fc.tuple(move, pause, fc.boolean()).map((all) => step(...all)),
          fc.tuple(move, move).map((both) => together(...both)),
        ],
        { maxCommands: 80, size: 'max' },
      ),
      (tier, commands) => {
        const setup = () => ({
          model: {
            now: begun,
            state: 'pending',
            tier,
            plan: 1,
            agreed: new Set<string>(),
            glass: false,
            expiresAt: begun + 30 * minute,
            stoppedAt: 0,
            undo: 0,
            stored: 0,
          } satisfies Model as Model,
          real: { item: requestOf(tier) },
        });
        fc.modelRun(setup, commands);
      },
    ),
    { numRuns: 250, seed: 20261122 },
  );
  // Else the above would say nothing of it.
  expect([...reached].toSorted()).toEqual([
    'approved',
    'contained',
    'denied',
    'executing',
    'expired',
    'failed',
    'pending',
    'stopping',
    'undo-failed',
    'undoing',
    'undone',
    'withdrawn',
  ]);
});
