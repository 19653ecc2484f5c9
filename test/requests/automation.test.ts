/** What may run without people: the guards as tables, and the switch and the budget as values. */
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/actions/action.ts';
import { actions } from '../../src/actions/index.ts';
import { needsPeople } from '../../src/actions/unattended.ts';
import type { AutomationRule, AutomationSettings } from '../../src/config/automation.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { playbooks } from '../../src/playbooks/index.ts';
import { unattended } from '../../src/playbooks/unattended.ts';
import { automationFor, heldByConfig, heldBySwitch } from '../../src/requests/automation.ts';
import { placesUsed, takePlace } from '../../src/requests/automation-budget.ts';
import { type AutomationSwitch, switched } from '../../src/requests/automation-switch.ts';
import type { Request } from '../../src/requests/request.ts';
import { ruleActor } from '../../src/requests/requester.ts';
import { type Shadow, shadowReport } from '../../src/requests/shadow-report.ts';
import { quorumReached } from '../../src/requests/tiers.ts';
import { transition } from '../../src/requests/transition.ts';

const at = '2026-11-22T09:00:00.000Z';
const later = '2026-11-22T09:02:00.000Z';
const maria = { id: 'T0CORDON/U0MARIA', team: 'T0CORDON', user: 'U0MARIA' };
const target = {
  kind: 'instance',
  id: 'i-0a1b2c3d4e5f60718',
  account: '123456789012',
  region: 'eu-west-1',
} as const;

const plan: Plan = {
  kind: 'plan',
  action: 'isolate-instance',
  target,
  summary: 'Isolate it.',
  changes: [],
  cannot: [],
  blastRadius: { class: 'this resource only', lines: [] },
  reversible: { kind: 'yes' },
  tier: 2,
};

const request: Request = {
  id: 'R1',
  version: 1,
  kind: 'contain',
  caseId: 'C1',
  state: 'announced',
  plan,
  planHash: 'h',
  planNumber: 1,
  tier: 2,
  reason: { code: 'automation', label: 'why', text: '' },
  requestedBy: ruleActor('isolate', 'control-server'),
  automation: { mode: 'veto', about: { account: target.account }, runsAt: later },
  requestedAt: at,
  expiresAt: later,
  remindAt: [],
  pageAt: [],
  ask: [],
  votes: [],
  reminded: [],
  token: 'token',
  run: 0,
  disclosed: [],
  steps: [],
  checks: 0,
  outbox: [],
};

const entry: AutomationRule = { id: 'isolate', on: ['control-server'], mode: 'veto' };
const settings = (
  rules: readonly AutomationRule[] = [entry],
  accounts: readonly string[] = [target.account],
): AutomationSettings => ({ accounts, vetoSeconds: 120, runsPerHour: 3, rules });

describe('which entry speaks for a case', () => {
  const prod = { account: target.account, tags: { environment: untrusted('prod') } };
  const sparing = {
    ...entry,
    id: 'not-prod',
    mode: 'off',
    for: { tags: { environment: ['prod'] } },
  };
  test.each([
    ['none for another rule', [entry], 'key-exposed', prod, undefined],
    ['the one that names its rule', [entry], 'control-server', prod, 'isolate'],
    [
      'the first, so an exception stands before',
      [sparing, entry],
      'control-server',
      prod,
      'not-prod',
    ],
    [
      'not the one of a tag that nothing is known of',
      [sparing, entry],
      'control-server',
      { account: target.account },
      'isolate',
    ],
    [
      'not the one of another account',
      [{ ...entry, for: { accounts: ['111122223333'] } }],
      'control-server',
      prod,
      undefined,
    ],
  ] as const)('%s', (_, rules, rule, resource, expected) => {
    expect(
      automationFor(settings(rules as readonly AutomationRule[]), { rule, resource })?.id,
    ).toBe(expected);
  });
});

const person = { ...request, requestedBy: maria } as Request;
const { automation: _, ...unannounced } = request;

test.each([
  ['as it was announced, it goes on', settings(), request, undefined],
  ['from veto to auto nothing is lost', settings([{ ...entry, mode: 'auto' }]), request, undefined],
  [
    'from auto to veto it was not announced',
    settings(),
    { ...request, automation: { ...request.automation, mode: 'auto' } },
    'mode-off',
  ],
  ['shadow runs nothing', settings([{ ...entry, mode: 'shadow' }]), request, 'mode-off'],
  ['off runs nothing', settings([{ ...entry, mode: 'off' }]), request, 'mode-off'],
  ['an entry that is gone runs nothing', settings([]), request, 'mode-off'],
  [
    'another entry stands before it now',
    settings([{ ...entry, id: 'other' }, entry]),
    request,
    'mode-off',
  ],
  [
    'the entry names another action now',
    settings([{ ...entry, action: 'stop-instance' }]),
    request,
    'mode-off',
  ],
  ['its account is off the list', settings([entry], []), request, 'account-not-allowed'],
  ['tier 3 needs people', settings(), { ...request, plan: { ...plan, tier: 3 } }, 'needs-people'],
  [
    'what cannot be undone whole needs people',
    settings(),
    {
      ...request,
      plan: { ...plan, reversible: { kind: 'partly', because: 'it loses memory.' } },
    },
    'needs-people',
  ],
  [
    'somebody said no',
    settings(),
    {
      ...request,
      votes: [{ person: maria, verdict: 'deny', at, planHash: 'h' }],
    },
    'not-announced',
  ],
  ['a person asked for it', settings(), person, 'not-announced'],
  ['it was never announced', settings(), unannounced, 'not-announced'],
] as const)('the executor asks an automatic request: %s', (__, config, asked, code) => {
  expect(heldByConfig(config, asked as Request)?.code).toBe(code);
});

test('a rule stands in for people only where it was launched, at tier 2 at most, without a no', () => {
  const launched: Request = { ...request, state: 'approved', approvedAt: later };
  expect(quorumReached(request)).toBe(false);
  expect(quorumReached(launched)).toBe(true);
  expect(quorumReached({ ...launched, tier: 3 })).toBe(false);
  expect(
    quorumReached({
      ...launched,
      votes: [{ person: maria, verdict: 'deny', at, planHash: 'h' }],
    }),
  ).toBe(false);
  // The mark of a rule on a person's request is worth nothing.
  expect(quorumReached({ ...launched, requestedBy: maria })).toBe(false);
});

describe('what can happen while it counts down', () => {
  const stamp = { at, because: 'the configuration' };
  test.each([
    [
      'a vote',
      {
        kind: 'vote',
        token: 'token',
        stamp,
        vote: { person: maria, verdict: 'approve', at, planHash: 'h' },
      },
    ],
    [
      'a broken glass',
      {
        kind: 'break-glass',
        token: 'token',
        stamp,
        glass: { by: maria, at, reason: 'r', planHash: 'h' },
      },
    ],
    ['a start', { kind: 'start', plan, disclosed: [], steps: [] }],
    ['a withdrawal', { kind: 'withdraw', by: maria, token: 'token', admin: true }],
    ['a new stamp', { kind: 'restamp', stamp }],
    ['a launch before its time', { kind: 'launch', stamp }],
    ['a veto from an older card', { kind: 'veto', by: maria, token: 'old' }],
    ['a review', { kind: 'reviewed', by: maria, token: 'token' }],
  ] as const)('not %s', (_, event) => {
    expect(transition(request, event as Parameters<typeof transition>[1], at).kind).toBe('refused');
  });

  test('of a veto and the end of the countdown one wins, and the other is told who', () => {
    const vetoed = transition(request, { kind: 'veto', by: maria, token: 'token' }, later);
    expect(vetoed).toMatchObject({ kind: 'moved', request: { state: 'denied' } });
    if (vetoed.kind !== 'moved') return;
    expect(transition(vetoed.request, { kind: 'launch', stamp }, later)).toMatchObject({
      kind: 'refused',
      code: 'wrong-state',
      who: 'U0MARIA',
    });
  });

  test('live state that differs at the start ends it: nobody agreed to anything else', () => {
    const approved: Request = { ...request, state: 'approved', approvedAt: later };
    const drifted = transition(
      approved,
      {
        kind: 'drift',
        plan: { ...plan, cannot: ['Left out – Isolate: it is exempt.'] },
        token: 'new',
        deadlines: { expiresAt: later, remindAt: [], pageAt: [] },
      },
      later,
    );
    expect(drifted).toMatchObject({
      request: { state: 'failed', failure: { because: expect.stringContaining('it is exempt') } },
    });
  });
});

describe('the switch', () => {
  const press = (
    state: AutomationSwitch | undefined,
    event: Parameters<typeof switched>[1],
  ): AutomationSwitch => {
    const next = switched(state, event, at);
    if (!next) throw new Error('nothing changed');
    return next;
  };
  const authority = 'named in responders';
  const open = {
    kind: 'break',
    account: target.account,
    because: 'too many',
    request: 'R9',
  } as const;

  test('off holds every account, an open breaker its own; closing one leaves the switch', () => {
    expect(heldBySwitch(undefined, target.account)).toBeUndefined();
    const broken = press(undefined, open);
    expect(heldBySwitch(broken, target.account)?.code).toBe('breaker-open');
    expect(heldBySwitch(broken, '111122223333')).toBeUndefined();
    const off = press(broken, { kind: 'off', by: maria, because: 'wrong', authority });
    expect(heldBySwitch(off, '111122223333')?.code).toBe('switched-off');
    const closed = press(off, { kind: 'on', by: maria, account: target.account, authority });
    expect(heldBySwitch(closed, target.account)?.code).toBe('switched-off');
    const on = press(off, { kind: 'on', by: maria, authority });
    expect(heldBySwitch(on, target.account)).toBeUndefined();
    expect(on.outbox.map(({ kind }) => kind)).toEqual([
      'automation.breaker-opened',
      'automation.off',
      'automation.on',
    ]);
    expect(on.version).toBe(3);
  });

  test('pressed again it changes nothing and records nothing', () => {
    const off = press(undefined, { kind: 'off', by: maria, because: 'wrong', authority });
    expect(
      switched(off, { kind: 'off', by: maria, because: 'again', authority }, at),
    ).toBeUndefined();
    expect(switched(undefined, { kind: 'on', by: maria, authority }, at)).toBeUndefined();
    const broken = press(undefined, open);
    expect(switched(broken, open, at)).toBeUndefined();
    const paged = press(broken, { kind: 'paged', account: target.account });
    expect(switched(paged, { kind: 'paged', account: target.account }, at)).toBeUndefined();
  });
});

test('a budget has so many places within an hour; the same run has one, however often it asks', () => {
  const now = Date.parse(at);
  const take = (places: Readonly<Record<string, string>>, run: string, when = now) =>
    takePlace(places, { request: run, now: when, most: 2 });
  const one = take({}, 'R1') ?? {};
  expect(take(one, 'R1')).toBe(one);
  const two = take(one, 'R2', now + 60_000) ?? {};
  expect(take(two, 'R3', now + 120_000)).toBeUndefined();
  expect(take(two, 'R1', now + 120_000)).toBe(two);
  expect(placesUsed(two, now + 120_000)).toBe(2);
  // An hour after the first there is room again, and the first still has its proof.
  expect(Object.keys(take(two, 'R3', now + 3_600_001) ?? {})).toEqual(['R1', 'R2', 'R3']);
});

test('shadow agrees with what people carried out, whatever they asked for besides', () => {
  const done = (state: Request['state'], action: string): Request => ({
    ...request,
    requestedBy: maria,
    state,
    plan: { ...plan, action },
  });
  const shadow = (requests: readonly Request[], closed: boolean): Shadow => ({
    entry: 'isolate',
    actions: ['isolate-instance'],
    requests,
    closed,
  });
  const [line] = shadowReport([
    shadow([done('contained', 'isolate-instance')], false),
    shadow([done('undone', 'isolate-instance'), done('denied', 'stop-instance')], true),
    shadow([done('contained', 'stop-instance')], true),
    shadow([done('denied', 'isolate-instance')], true),
    shadow([], false),
    // Its own runs do not prove it right.
    shadow([{ ...done('contained', 'isolate-instance'), requestedBy: request.requestedBy }], true),
  ]);
  expect(line).toEqual({
    entry: 'isolate',
    times: 6,
    verdicts: { same: 2, other: 1, nothing: 2, open: 1 },
    agreement: 0.4,
  });
});

test('these actions run without people, and no other: whoever adds one reads it here', () => {
  expect(actions.filter((action) => !needsPeople(action)).map(({ id }) => id)).toEqual([
    'isolate-instance',
    'cut-instance-credentials',
    'stop-instance',
    'block-address',
    'deactivate-access-key',
    'contain-user',
    'revoke-role-session',
    'revoke-older-sessions',
    'block-public-access',
    'quarantine-bucket',
    'revoke-world-open-ingress',
    'unshare-snapshot',
    'make-image-private',
    'make-database-private',
    'unshare-database-snapshot',
    'stop-function',
    'scale-service-to-zero',
    'restore-kms-key',
    'restore-trail-logging',
    'restore-detector',
    'restore-recorder',
    'isolate-workload',
  ]);
});

test('of a playbook no step of a person and no evidence runs by itself', () => {
  for (const playbook of playbooks)
    for (const step of unattended(playbook)?.steps ?? []) {
      expect(step.kind).not.toBe('manual');
      expect(step.phase).not.toBe('evidence');
    }
});
