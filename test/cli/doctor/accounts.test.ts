/**
 * What the doctor says about accounts and about Slack: worker and executor of the local world answer it, as
 * the roles that they are, and Slack's stand-in.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memberRoleName } from '../../../src/actions/role-names.ts';
import { accounts } from '../../../src/cli/doctor/after/accounts.ts';
import { organization } from '../../../src/cli/doctor/after/organization.ts';
import {
  slackChannels,
  slackGroups,
  slackScopes,
  slackToken,
} from '../../../src/cli/doctor/after/slack.ts';
import type { Verdict } from '../../../src/cli/doctor/check.ts';
import type { Site, SlackAnswer } from '../../../src/cli/doctor/site.ts';
import type { CordonConfig } from '../../../src/config/config.ts';
import { localDeployment } from '../../../src/local/runtime/resources.ts';
import { createSlackWorkspace, type SlackWorkspace } from '../../../src/local/slack/workspace.ts';
import { type Play, play } from '../../stories/play.ts';

let stage: Play;
beforeAll(async () => {
  stage = await play();
});
afterAll(() => stage.close());

const payments = '123456789012';
const only = (account: string): Partial<CordonConfig> => ({
  accounts: { [account]: { name: 'prod-payments', response: true } },
});

const site = (
  change: Partial<CordonConfig> = {},
  slack: SlackWorkspace = stage.world.slack,
): Site => ({
  config: { ...stage.world.config, ...change },
  aws: { region: 'eu-west-1' },
  deployment: async () => localDeployment,
  secret: async () => ({
    token: slack.token,
    signingSecrets: [slack.signingSecret],
    botId: slack.ids.botId,
    botUserId: slack.ids.botUserId,
  }),
  slack: async (method, args = {}): Promise<SlackAnswer> => {
    const { body, headers } = slack.handleApi({ method, params: args, token: slack.token });
    return { body, header: (name) => headers[name] };
  },
  invoke: async (name, event) => {
    const { check } = stage.world.functions;
    if (Reflect.get(event, 'check') === 'organization') return check.organization();
    if (name !== 'worker' && name !== 'executor') throw new Error(`${name} answers no check`);
    return check[name](event as Parameters<(typeof check)['worker']>[0]);
  },
  now: stage.world.clock.now,
  newId: () => 'rehearsal',
  sleep: async () => {},
});

const wrong = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.flatMap((verdict) =>
    verdict.kind === 'broken' ? [`${verdict.says} → ${verdict.remedy}`] : [],
  );

test('an account with its roles is fine: assumed, dry-run, simulated, and nothing is changed', async () => {
  const before = stage.world.aws.calls.length;
  expect(await accounts.look(site(only(payments)))).toEqual([
    { kind: 'fine', says: 'prod-payments: roles as wanted, GuardDuty on' },
  ]);
  const calls = stage.world.aws.calls.slice(before);
  expect(calls.some(({ error }) => error === 'DryRunOperation')).toBe(true);
  expect([...new Set(calls.map(({ operation }) => operation))].sort()).toEqual([
    'AssumeRole',
    'DescribeInstances',
    'GetDetector',
    'ListDetectors',
    'ListRoleTags',
    'SimulatePrincipalPolicy',
  ]);
  expect(calls.filter(({ error = '' }) => /Denied|Unauthorized/.test(error))).toEqual([]);
});

const rolesOf = (account: string) => stage.world.aws.account(account).roles;

/** Breaks something for as long as the doctor looks. */
const whileWithout = async (
  role: 'read' | 'respond',
  tags?: Readonly<Record<string, string>>,
  change: Partial<CordonConfig> = {},
) => {
  const name = memberRoleName(role);
  const kept = rolesOf(payments).get(name);
  if (!kept) throw new Error(`${name} is not there to be broken`);
  if (tags) rolesOf(payments).set(name, tags);
  else rolesOf(payments).delete(name);
  try {
    return wrong(await accounts.look(site({ ...only(payments), ...change })));
  } finally {
    rolesOf(payments).set(name, kept);
  }
};

test('no read role: it cannot be assumed, with what to deploy', async () => {
  const [line, ...rest] = await whileWithout('read');
  expect(line).toMatch(/cordon-read cannot be assumed.*infra\/member-role\.yaml/);
  expect(rest).toEqual([]);
});

test('no response role where the configuration says that Cordon may act', async () => {
  const [line] = await whileWithout('respond');
  expect(line).toMatch(/not deployed, but .*response: true.*Respond=yes.*response: false/);
});

test('names that the template has to be told, where they are not its defaults', async () => {
  const roleNames = { path: '/security/', prefix: 'acme-' };
  const [line] = await whileWithout('read', undefined, { roleNames });
  expect(line).toContain('RolePath=/security/ RolePrefix=acme-');
});

test('a response role of an older release', async () => {
  const [line] = await whileWithout('respond', { 'cordon-version': '0' });
  expect(line).toMatch(/cordon-respond is of version 0, this release needs/);
});

test('a control policy that forbids what the role allows', async () => {
  const { organization } = stage.world.aws.account('999988887777');
  if (!organization) throw new Error('no organisation');
  const content = JSON.stringify({
    Statement: [{ Effect: 'Deny', Action: 'rds:*', Resource: '*' }],
  });
  const id = 'p-nodatabases';
  const attached = organization.attached.get(payments) ?? [];
  organization.policies.set(id, { id, name: 'no databases', description: '', content });
  organization.attached.set(payments, [...attached, id]);
  const lines = wrong(await accounts.look(site(only(payments))));
  organization.attached.set(payments, attached);
  expect(lines[0]).toMatch(/cordon-respond does not allow rds:/);
});

test('a detector that was switched off', async () => {
  const { detector } = stage.world.aws.partition(payments, 'eu-west-1');
  if (!detector) throw new Error('no detector');
  detector.enabled = false;
  const [line] = wrong(await accounts.look(site(only(payments))));
  detector.enabled = true;
  expect(line).toMatch(/prod-payments: GuardDuty is suspended → Enable GuardDuty there/);
});

test('what AWS does not say is neither good nor bad', async () => {
  stage.world.aws.faults.add({ service: 'guardduty', operation: 'ListDetectors', kind: 'error' });
  const verdicts = await accounts.look(site(only(payments)));
  stage.world.aws.faults.clear();
  expect(verdicts).toMatchObject([{ kind: 'skipped' }]);
});

const sharedWorkspace = (): SlackWorkspace => {
  const slack = workspace();
  slack.setShared('C0SECURITY', true);
  return slack;
};

const workspace = (scopes?: readonly string[]): SlackWorkspace =>
  createSlackWorkspace({ now: () => 0, ...(scopes ? { scopes } : {}) });

test('a healthy workspace is fine by every check', async () => {
  for (const check of [slackToken, slackScopes, slackChannels, slackGroups])
    expect(wrong(await check.look(site()))).toEqual([]);
});

test.each([
  [
    'a token of another workspace',
    slackToken,
    () => site({ workspace: 'T0ELSEWHERE' }),
    /token is of workspace T0CORDON, the configuration names T0ELSEWHERE/,
  ],
  [
    'a token without a scope',
    slackScopes,
    () => site({}, workspace(['chat:write', 'commands', 'users:read', 'im:write'])),
    /lacks usergroups:read, channels:read, groups:read, channels:history, groups:history.*install it again/,
  ],
  [
    'a channel that is not there',
    slackChannels,
    () => site({ channel: 'C0NOWHERE' }),
    /channel C0NOWHERE: channel_not_found.*cordon\.config\.ts/,
  ],
  [
    'a channel that another organisation reads',
    slackChannels,
    () => site({}, sharedWorkspace()),
    /C0SECURITY: another organisation reads it.*your own organisation only/,
  ],
  [
    'a group that is not there',
    slackGroups,
    () => site({ approvers: { users: [], groups: ['S0NOBODY'] } }),
    /user group S0NOBODY: no_such_subteam.*nobody of it may act/,
  ],
] as const)('%s is told, with what to do', async (_, check, broken, told) => {
  expect(wrong(await check.look(broken())).join('\n')).toMatch(told);
});

test('Organizations is asked only where it is set up, and what it does not answer is told with the remedy', async () => {
  expect(await organization.look(site())).toMatchObject([{ kind: 'skipped' }]);
  const { deployment } = stage.world.config;
  const organised = site({ deployment: { ...deployment, organization: 'o-exampleorgid' } });
  expect(await organization.look(organised)).toEqual([
    { kind: 'fine', says: 'Organizations answers; its accounts will be read within minutes' },
  ]);
  stage.world.aws.faults.add({
    service: 'organizations',
    operation: 'ListTagsForResource',
    kind: 'deny',
  });
  const [told] = wrong(await organization.look(organised));
  expect(told).toMatch(
    /^the read role may not call organizations:ListTagsForResource → Make account/,
  );
});
