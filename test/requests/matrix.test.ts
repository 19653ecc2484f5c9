/**
 * The authorisation matrix: every role, by every action, by every tier, at click, submit, approval and
 * execution, as whatever Slack can say of a person. The bulk is decided by the pure functions that the
 * flows ask; test/stories/people.test.ts plays representatives of each class through signed requests.
 */
import { describe, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { actions } from '../../src/actions/index.ts';
import { readConfig } from '../../src/config/define-config.ts';
import { untrusted } from '../../src/findings/finding.ts';
import { playbooks } from '../../src/playbooks/index.ts';
import type { Playbook } from '../../src/playbooks/playbook.ts';
import { stolenAccessKey } from '../../src/playbooks/stolen-access-key.ts';
import { authorise, type Need, type Standing } from '../../src/requests/authority.ts';
import { personOf } from '../../src/requests/person.ts';

const prod = '123456789012';
const dev = '111122223333';
const first = actions[0]?.id ?? '';

/** Ids of the actions that a playbook may take. */
const taken = ({ steps }: Playbook): readonly string[] => [
  ...new Set(steps.flatMap((step) => (step.kind === 'action' ? [step.action] : []))),
];
const ofStolenKey = taken(stolenAccessKey);

/** What is asked for: each action, each playbook, and a decision about a case. */
const asked = [
  ...actions.map(({ id }) => ({ asks: id, takes: [id] })),
  ...playbooks.map((playbook) => ({ asks: playbook.id, takes: taken(playbook) })),
  { asks: 'a case', takes: [] },
];

const config = readConfig({
  ...example,
  responders: { groups: ['S0RESP'], users: ['U0RESPID'] },
  approvers: { groups: ['S0APPR'], users: ['U0APPRID'] },
  viewers: { groups: ['S0VIEW'] },
  admins: { groups: ['S0ADMIN'] },
  scopedRoles: [
    { id: 'prod', role: 'responder', groups: ['S0PROD'], for: { accounts: [prod] } },
    { id: 'team', role: 'approver', groups: ['S0TEAM'], for: { tags: { team: ['payments'] } } },
    { id: 'first', role: 'responder', groups: ['S0FIRST'], for: { actions: [first] } },
    { id: 'stolen-key', role: 'responder', groups: ['S0KEY'], for: { actions: ofStolenKey } },
  ],
});

/** What there is to decide about: two accounts, with and without the tag. */
const resources = [
  { account: prod },
  { account: dev },
  { account: prod, tags: { team: untrusted('payments') } },
  { account: dev, tags: { team: untrusted('payments') } },
] as const;
type Resource = (typeof resources)[number];

interface Role {
  readonly user: string;
  readonly groups: readonly string[];
  /** What a full member of it may do, said without the code that decides. */
  may(need: Need, resource: Resource, takes: readonly string[]): boolean;
}

const looks = (need: Need): boolean => need === 'look';
const responds = (need: Need): boolean => need === 'respond' || looks(need);
const approves = (need: Need): boolean => need === 'approve' || looks(need);

const roles: Readonly<Record<string, Role>> = {
  nobody: { user: 'U0A', groups: [], may: () => false },
  viewer: { user: 'U0A', groups: ['S0VIEW'], may: looks },
  admin: {
    user: 'U0A',
    groups: ['S0ADMIN'],
    may: (need) => looks(need) || need === 'administer',
  },
  responder: { user: 'U0A', groups: ['S0RESP'], may: responds },
  'responder by id': { user: 'U0RESPID', groups: [], may: responds },
  approver: { user: 'U0A', groups: ['S0APPR'], may: approves },
  'approver by id': { user: 'U0APPRID', groups: [], may: approves },
  'responder and approver': {
    user: 'U0A',
    groups: ['S0RESP', 'S0APPR'],
    may: (need) => responds(need) || approves(need),
  },
  'responder of an account': {
    user: 'U0A',
    groups: ['S0PROD'],
    may: (need, { account }) => looks(need) || (need === 'respond' && account === prod),
  },
  'approver of a tag': {
    user: 'U0A',
    groups: ['S0TEAM'],
    may: (need, resource) => looks(need) || (need === 'approve' && 'tags' in resource),
  },
  'responder of an action': {
    user: 'U0A',
    groups: ['S0FIRST'],
    may: (need, _, takes) => looks(need) || (need === 'respond' && takes.join() === first),
  },
  'responder of the actions of a playbook': {
    user: 'U0A',
    groups: ['S0KEY'],
    may: (need, _, takes) =>
      looks(need) ||
      (need === 'respond' && takes.length > 0 && takes.every((id) => ofStolenKey.includes(id))),
  },
};

type Stage = 'click' | 'submit' | 'approval' | 'execution';

/** Whose authority is asked for at a stage; one more at execution for each approver. */
const needsAt = (stage: Stage, tier: number): readonly Need[] => {
  if (stage === 'approval') return tier >= 2 ? ['approve'] : [];
  return stage === 'execution' && tier >= 2 ? ['respond', 'approve'] : ['respond'];
};

const member = (groups: readonly string[]) =>
  ({
    kind: 'known',
    team: config.workspace,
    name: 'Somebody',
    guest: false,
    bot: false,
    deleted: false,
    stranger: false,
    groups,
  }) as const satisfies Standing;

/** What Slack says of the person at that stage, and the code of the refusal whatever the role is. */
const standings: Readonly<
  Record<string, { readonly of: (role: Role) => Standing; readonly code?: string }>
> = {
  member: { of: ({ groups }) => member(groups) },
  guest: { of: ({ groups }) => ({ ...member(groups), guest: true }), code: 'guest' },
  bot: { of: ({ groups }) => ({ ...member(groups), bot: true }), code: 'bot' },
  foreign: {
    of: ({ groups }) => ({ ...member(groups), team: 'T0OTHER' }),
    code: 'other-workspace',
  },
  'removed meanwhile': { of: () => member([]) },
  'look-up failing': { of: () => ({ kind: 'unknown', because: 'timeout' }), code: 'lookup-failed' },
  'groups not answering': {
    of: () => ({ ...member([]), groupsUnknown: 'timeout' }),
  },
};

const stages: readonly Stage[] = ['click', 'submit', 'approval', 'execution'];
const tiers = [1, 2, 3] as const;

const expected = (
  standing: string,
  about: { readonly role: Role; readonly need: Need; readonly resource: Resource },
  takes: readonly string[],
): boolean => {
  if (standings[standing]?.code) return false;
  const full = about.role.may(about.need, about.resource, takes);
  // Named by id, nobody depends on a group.
  return standing === 'member' ? full : full && about.role.groups.length === 0;
};

const rows = asked.flatMap((one) =>
  tiers.flatMap((tier) =>
    stages.flatMap((stage) =>
      needsAt(stage, tier).flatMap((need) =>
        resources.map((resource) => ({ ...one, tier, stage, need, resource })),
      ),
    ),
  ),
);

describe.each(Object.keys(standings))('as %s', (standing) => {
  test.each(Object.keys(roles))('%s: every action and playbook, tier and stage', (name) => {
    const role = roles[name];
    const says = standings[standing];
    if (!role || !says) throw new Error('no such row');
    const person = personOf(config.identities, config.workspace, role.user);
    const wrong = rows.filter(({ takes, need, resource }) => {
      const answer = authorise(person, need, says.of(role), config, { resource, actions: takes });
      const right = expected(standing, { role, need, resource }, takes);
      return answer.kind === 'allowed'
        ? !right
        : right || (says.code ?? answer.code) !== answer.code;
    });
    expect(wrong).toEqual([]);
  });

  test.each(['look', 'administer'] as const)('asked to %s', (need) => {
    const says = standings[standing];
    const found = Object.entries(roles).filter(([, role]) => {
      const person = personOf(config.identities, config.workspace, role.user);
      return says && authorise(person, need, says.of(role), config).kind === 'allowed';
    });
    const right = Object.entries(roles).filter(([, role]) =>
      expected(standing, { role, need, resource: resources[0] }, [first]),
    );
    expect(found.map(([name]) => name)).toEqual(right.map(([name]) => name));
  });
});

test('whoever is refused for this and has the role for something else is told so', () => {
  const person = personOf([], config.workspace, 'U0A');
  const answer = authorise(person, 'respond', member(['S0PROD']), config, {
    resource: { account: dev },
    actions: [first],
  });
  expect(answer).toMatchObject({
    kind: 'refused',
    because: 'You are a responder for something else, not for this.',
  });
});
