/** A small model of a request: what people, clocks and functions do to it, and what has to become of it. */
import type { Plan, Tier } from '../../src/actions/action.ts';
import type { Person } from '../../src/requests/person.ts';
import { planHash } from '../../src/requests/plan-hash.ts';
import type { Request, RequestState } from '../../src/requests/request.ts';
import type { RequestEvent } from '../../src/requests/request-event.ts';

export const begun = Date.parse('2026-11-22T09:00:00Z');
export const minute = 60_000;
export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Ana has two accounts and is one human; Maria asked. */
const people: Readonly<Record<string, Person>> = {
  maria: { id: 'T0CORDON/U0MARIA', team: 'T0CORDON', user: 'U0MARIA' },
  ana: { id: 'ana', team: 'T0CORDON', user: 'U0ANA' },
  anaAgain: { id: 'ana', team: 'T0CORDON', user: 'U0ANA2' },
  lee: { id: 'T0CORDON/U0LEE', team: 'T0CORDON', user: 'U0LEE' },
};
export const human = (name: string): string => people[name]?.id ?? '';

const planOf = (tier: Tier, number: number): Plan => ({
  kind: 'plan',
  action: 'isolate-instance',
  target: {
    kind: 'instance',
    id: 'i-0a1b2c3d4e5f60718',
    account: '123456789012',
    region: 'eu-west-1',
  },
  summary: 'Isolate it.',
  changes: [
    { id: 'groups', label: 'Groups', before: ['a'], after: [`quarantine ${number}`] },
  ] as unknown as Plan['changes'],
  cannot: [],
  blastRadius: { class: 'this resource only', lines: [] },
  reversible: { kind: 'yes' },
  tier,
});

export const requestOf = (tier: Tier): Request => ({
  id: 'R1',
  version: 1,
  kind: 'contain',
  caseId: 'C1',
  state: 'pending',
  plan: planOf(tier, 1),
  planHash: planHash(planOf(tier, 1)),
  planNumber: 1,
  tier,
  reason: { code: 'confirmed', label: 'Confirmed attack', text: '' },
  requestedBy: people['maria'] as Person,
  requestedAt: iso(begun),
  expiresAt: iso(begun + 30 * minute),
  remindAt: [],
  pageAt: [],
  ask: [],
  votes: [],
  reminded: [],
  token: 'token 1',
  run: 0,
  disclosed: [],
  steps: [],
  checks: 0,
  outbox: [],
});

/** What is to be true, in as few words as it takes. */
export interface Model {
  now: number;
  state: RequestState;
  tier: Tier;
  plan: number;
  /** Humans who agreed to the plan of now. */
  agreed: Set<string>;
  glass: boolean;
  expiresAt: number;
  stoppedAt: number;
  undo: number;
  /** Transitions that were stored. */
  stored: number;
}

/** What the model says of an event: the code of its refusal, or what it makes of the model. */
type Verdict = string | ((model: Model) => void);

export interface Move {
  readonly say: string;
  readonly event: (item: Request, model: Model) => RequestEvent;
  readonly verdict: (model: Model) => Verdict;
}

const running: readonly RequestState[] = ['executing', 'stopping'];
const alive: readonly RequestState[] = ['approved', ...running];
const needed = (tier: Tier): number => (tier === 3 ? 2 : 1);
const stamp = (model: Model) => ({ at: iso(model.now), because: 'they are in their groups' });
const to = (state: RequestState) => (model: Model) => {
  model.state = state;
};
const inStates =
  (states: readonly RequestState[], then: Verdict) =>
  (model: Model): Verdict =>
    states.includes(model.state) ? then : 'wrong-state';

const approve = (name: string, stale: boolean, proven: boolean): Move => ({
  say: `${name} approves${stale ? ' an older plan' : ''}${proven ? ' with a passkey' : ''}`,
  event: (item, model) => ({
    kind: 'vote',
    token: stale ? 'token 0' : item.token,
    stamp: stamp(model),
    vote: {
      person: people[name] as Person,
      verdict: 'approve',
      at: iso(model.now),
      planHash: item.planHash,
      ...(proven ? { proof: {} as never } : {}),
    },
  }),
  verdict(model) {
    if (model.state !== 'pending') return 'wrong-state';
    if (stale) return 'other-plan';
    if (model.now >= model.expiresAt) return 'expired';
    if (name === 'maria') return 'own-request';
    if (model.agreed.has(human(name))) return 'already-voted';
    if (model.tier === 3 && !proven) return 'step-up-needed';
    return (next) => {
      next.agreed.add(human(name));
      if (next.agreed.size >= needed(next.tier)) next.state = 'approved';
    };
  },
});

const deny = (name: string): Move => ({
  say: `${name} denies`,
  event: (item, model) => ({
    kind: 'vote',
    token: item.token,
    stamp: stamp(model),
    vote: {
      person: people[name] as Person,
      verdict: 'deny',
      at: iso(model.now),
      planHash: item.planHash,
    },
  }),
  verdict: (model) => {
    if (model.state !== 'pending') return 'wrong-state';
    return model.now >= model.expiresAt ? 'expired' : to('denied');
  },
});

const withdraw = (name: string): Move => ({
  say: `${name} withdraws`,
  event: (item) => ({ kind: 'withdraw', by: people[name] as Person, token: item.token }),
  verdict: (model) => {
    if (model.state !== 'pending') return 'wrong-state';
    return name === 'maria' ? to('withdrawn') : 'not-yours';
  },
});

const breakGlass: Move = {
  say: 'lee breaks the glass',
  event: (item, model) => ({
    kind: 'break-glass',
    token: item.token,
    stamp: stamp(model),
    glass: {
      by: people['lee'] as Person,
      at: iso(model.now),
      reason: 'nobody else is awake',
      planHash: item.planHash,
    },
  }),
  verdict(model) {
    if (model.state !== 'pending') return 'wrong-state';
    if (model.now >= model.expiresAt) return 'expired';
    if (model.tier !== 2) return 'not-this-tier';
    return (next) => {
      next.glass = true;
      next.state = 'approved';
    };
  },
};

const drift: Move = {
  say: 'live state is not what was approved',
  event: (item, model) => ({
    kind: 'drift',
    plan: planOf(item.tier, item.planNumber + 1),
    token: `token ${item.planNumber + 1}`,
    deadlines: { expiresAt: iso(model.now + 30 * minute), remindAt: [], pageAt: [] },
  }),
  verdict: inStates(['approved'], (next) => {
    if (next.plan === 2) next.state = 'failed';
    else {
      next.state = 'pending';
      next.plan = 2;
      next.agreed = new Set();
      next.glass = false;
      next.expiresAt = next.now + 30 * minute;
    }
  }),
};

const finish = (stale: boolean): Move => ({
  say: `lee finishes what was stopped${stale ? ', on an older card' : ''}`,
  event: (item, model) => ({
    kind: 'finish',
    by: people['lee'] as Person,
    token: stale ? 'token 0' : item.token,
    stamp: stamp(model),
  }),
  verdict(model) {
    if (model.state !== 'stopping') return 'wrong-state';
    if (stale) return 'other-plan';
    return model.now >= model.stoppedAt + 15 * minute ? 'expired' : to('approved');
  },
});

const undoEnds = (undone: boolean, another: boolean): Move => ({
  say: `${another ? 'another' : 'the'} undo ${undone ? 'is done' : 'fails'}`,
  event: (_, model) => ({
    kind: 'undo-end',
    undo: another ? 'U0' : `U${model.undo}`,
    undone,
  }),
  verdict(model) {
    if (model.state !== 'undoing') return 'wrong-state';
    return another ? 'undone-by-another' : to(undone ? 'undone' : 'undo-failed');
  },
});

export const moves: readonly Move[] = [
  ...Object.keys(people).flatMap((name) => [
    approve(name, false, true),
    approve(name, false, false),
    withdraw(name),
  ]),
  approve('lee', true, true),
  deny('ana'),
  breakGlass,
  drift,
  {
    say: 'tick finds its time over',
    event: () => ({ kind: 'expire' }),
    verdict: (model) =>
      model.state === 'pending' && model.now >= model.expiresAt ? to('expired') : 'wrong-state',
  },
  {
    say: 'worker gives its word again',
    event: (_, model) => ({ kind: 'restamp', stamp: stamp(model) }),
    verdict: inStates(alive, () => {}),
  },
  {
    say: 'the executor starts',
    event: (item) => ({ kind: 'start', plan: item.plan, disclosed: [], steps: [] }),
    verdict: inStates(['approved'], to('executing')),
  },
  {
    say: 'a step is done',
    event: () => ({ kind: 'progress', steps: [{ id: 'groups', title: 'Groups', status: 'done' }] }),
    verdict: inStates(running, () => {}),
  },
  {
    say: 'lee stops it',
    event: (item) => ({ kind: 'stop', by: people['lee'] as Person, token: item.token }),
    verdict: inStates(['executing'], (next) => {
      next.state = 'stopping';
      next.stoppedAt = next.now;
    }),
  },
  finish(false),
  finish(true),
  {
    say: 'its execution is dead',
    event: (_, model) => ({ kind: 'revive', stamp: stamp(model) }),
    verdict: inStates(['executing', 'approved'], to('approved')),
  },
  {
    say: 'it is read back',
    event: () => ({ kind: 'succeed', lines: ['contained'] }),
    verdict: inStates(alive, to('contained')),
  },
  {
    say: 'a step fails',
    event: () => ({ kind: 'fail', step: 'Groups', because: 'AccessDenied' }),
    verdict: inStates(alive, to('failed')),
  },
  {
    say: 'an undo starts',
    event: (_, model) => ({ kind: 'undo-start', undo: `U${model.undo + 1}` }),
    verdict: inStates(['contained', 'failed', 'stopping', 'undo-failed'], (next) => {
      next.state = 'undoing';
      next.undo += 1;
    }),
  },
  undoEnds(true, false),
  undoEnds(false, false),
  undoEnds(true, true),
];
