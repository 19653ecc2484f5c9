/** Working in accounts: who CloudTrail names, what a session can do, roles that are old or missing. */
import { afterEach, describe, expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import { roleVersionTag } from '../../src/actions/role-version.ts';
import { askToIsolate, isolate, key } from './acts.ts';
import { type Play, people, play } from './play.ts';

let stage: Play;

afterEach(() => stage.close());

const account = '123456789012';
const roles = () => stage.world.aws.account(account).roles;

interface Assumed {
  readonly RoleArn: string;
  readonly SourceIdentity: string;
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly Policy?: string;
  readonly DurationSeconds: number;
}

/** The sessions that executor asked STS for, in order. */
const sessions = (): readonly Assumed[] =>
  stage.world.aws.calls
    .filter((call) => call.operation === 'AssumeRole' && call.function === 'executor')
    .map(({ input }) => input as Assumed);

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

const statements = ({ Policy = '{"Statement":[]}' }: Assumed): readonly Statement[] =>
  JSON.parse(Policy).Statement;

const deactivate = async (): Promise<void> => {
  await stage.press(people.maria, 'plan:deactivate-access-key');
  await stage.submit(people.maria, 'confirmed');
};

describe('a session', () => {
  test('says for whom, for which request and case, and can change one key and nothing else', async () => {
    stage = await play();
    await stage.scenario('leaked-key');
    await deactivate();
    expect(stage.cardSays()).toContain('*Contained*, verified');
    const [theCase] = (await stage.entries()).flatMap((entry) => entry.case ?? []);
    const request = (await stage.entries()).find(
      ({ kind }) => kind === 'request.contained',
    )?.request;
    const writing = sessions().filter((one) => one.Policy?.includes('iam:UpdateAccessKey'));
    expect(writing).toMatchObject([
      {
        RoleArn: `arn:aws:iam::${account}:role/cordon-respond`,
        SourceIdentity: 'T0CORDON-U0MARIA',
        DurationSeconds: 900,
        Tags: [
          { Key: 'request', Value: request },
          { Key: 'case', Value: theCase },
        ],
      },
    ]);
    const update = writing
      .flatMap(statements)
      .filter(({ Action }) => Action.includes('iam:UpdateAccessKey'));
    expect(
      update
        .flatMap(({ Resource }) => Resource)
        .every((arn) => arn.startsWith(`arn:aws:iam::${account}:user/`)),
    ).toBe(true);
    await stage.curtain({ pings: 1 });
  });

  test('is for the person, by whichever of their accounts they ask', async () => {
    stage = await play({
      config: { responders: { users: [people.anaAgain], groups: config.responders.groups } },
    });
    await stage.scenario('leaked-key');
    await stage.press(people.anaAgain, 'plan:deactivate-access-key');
    await stage.submit(people.anaAgain, 'confirmed');
    expect(new Set(sessions().map(({ SourceIdentity }) => SourceIdentity))).toEqual(
      new Set(['ana.ortiz@example.com']),
    );
  });

  test('reads with one policy and writes with others, each for one resource', async () => {
    stage = await play();
    await isolate(stage);
    const writes = sessions()
      .flatMap(statements)
      .filter(({ Action }) => Action.includes('ec2:ModifyNetworkInterfaceAttribute'))
      .flatMap(({ Resource }) => Resource)
      .filter((arn) => arn.includes(':network-interface/'));
    expect([...new Set(writes)].sort()).toEqual([
      `arn:aws:ec2:eu-west-1:${account}:network-interface/eni-0a1b2c3d4e5f60711`,
      `arn:aws:ec2:eu-west-1:${account}:network-interface/eni-0a1b2c3d4e5f60712`,
    ]);
  });
});

describe('a member role', () => {
  test('that nobody updated: the plan says so and what to deploy, and then it goes', async () => {
    stage = await play();
    roles().set('cordon-respond', {});
    await stage.scenario('leaked-key');
    await stage.press(people.maria, 'plan:deactivate-access-key');
    expect(stage.told(people.maria)).toContain(
      `The role cordon-respond in account ${account} has no version tag (cordon-version)`,
    );
    expect(stage.told(people.maria)).toContain(
      'deploy infra/member-role.yaml of this release there',
    );
    expect(await stage.refusals()).toEqual([expect.stringContaining('has no version tag')]);
    expect(stage.mutations()).toEqual([]);
    // From then on the card says so before anybody presses.
    expect(stage.cardSays()).toContain('Deactivate key (role version 1 needed)');
    expect(stage.cardSays()).toMatch(/Not yet:\s+The role cordon-respond/);
    expect(stage.cardSays()).toContain('infra/member-role.yaml of this release');

    roles().set('cordon-respond', { [roleVersionTag]: '1' });
    await deactivate();
    expect(stage.keyStatus(key)).toBe('Inactive');
    expect(stage.cardSays()).toContain('*Contained*, verified');
    expect(stage.cardSays()).not.toContain('Not yet');
    await stage.curtain({ pings: 1 });
  });

  test('that is opt-in and was left out: containing a user says which power is missing', async () => {
    stage = await play();
    roles().delete('cordon-respond-identity');
    await stage.scenario('leaked-key');
    await stage.choose(people.maria, 'Contain user');
    expect(stage.told(people.maria)).toContain('cordon-respond-identity is not deployed');
    expect(stage.told(people.maria)).toContain('lets Cordon write policies of users and roles');
    // What needs less power goes on.
    await deactivate();
    expect(stage.keyStatus(key)).toBe('Inactive');
    expect(stage.mutations()).toEqual(['iam:UpdateAccessKey']);
    await stage.curtain({ pings: 1 });
  });

  test('that is taken away after the plan: the step fails by name, and nothing was changed', async () => {
    stage = await play();
    const asked = await askToIsolate(stage);
    roles().delete('cordon-respond');
    await stage.press(people.ana, 'approve', asked);
    expect(stage.cardSays()).toContain('*Not contained*');
    expect(stage.threadSays().join()).toContain('Use the response role');
    expect(stage.mutations()).toEqual([]);
    await stage.curtain({ denied: stage.denied() });
    expect(stage.denied().every((call) => call === 'executor sts:AssumeRole')).toBe(true);
  });
});

test('a member role that one case found missing is known on the card of the next one, without a call to AWS', async () => {
  stage = await play();
  roles().delete('cordon-respond');
  await stage.scenario('leaked-key');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  const calls = stage.world.aws.calls.length;
  await stage.scenario('compromised-server');
  expect(stage.world.aws.calls.slice(calls).filter((call) => call.account === account)).toEqual([]);
  const next = JSON.stringify(stage.cards().at(-1));
  expect(next).toContain('Isolate instance (role missing)');
  expect(next).toContain('is not deployed in account');
});

test('an account that nobody configured is shown and never touched', async () => {
  const { [account]: _left, ...accounts } = config.accounts;
  stage = await play({ config: { accounts }, closed: true });
  await stage.scenario('leaked-key');
  expect(stage.cardSays()).toContain('Unknown account');
  expect(stage.controls(stage.card()).filter((id) => id.startsWith('plan:'))).toEqual([]);
  expect(stage.world.aws.calls.filter(({ operation }) => operation === 'AssumeRole')).toEqual([]);
});

describe('AWS during a step', () => {
  test.each([
    ['throttle', 'AWS is called too often in that account just now'],
    ['error', 'AWS itself did not answer'],
    ['timeout', 'AWS itself did not answer'],
    ['deny', 'The role in that account lacks this right: deploy the newest member role there'],
  ] as const)('answers %s: the step is named, and what to do', async (kind, words) => {
    stage = await play();
    await stage.scenario('leaked-key');
    stage.world.aws.faults.add({ service: 'iam', operation: 'UpdateAccessKey', kind });
    await deactivate();
    expect(stage.cardSays()).toContain('*Not contained*');
    const told = stage.threadSays().join('\n');
    expect(told).toContain('AKIAIOSFODNN7EXAMPLE');
    expect(told).toContain(words);
    expect(stage.keyStatus(key)).toBe('Active');

    stage.world.aws.faults.clear();
    await deactivate();
    expect(stage.keyStatus(key)).toBe('Inactive');
    await stage.curtain({ ownPings: [people.maria], denied: stage.denied() });
  });

  test('fails half way: the steps that are done are said, and undone together', async () => {
    stage = await play();
    await stage.scenario('leaked-key');
    await stage.choose(people.maria, 'Contain user');
    await stage.submit(people.maria, 'confirmed');
    stage.world.aws.faults.add({ service: 'iam', operation: 'UpdateAccessKey', kind: 'error' });
    await stage.press(people.ana, 'approve', stage.withControl('approve'));
    expect(stage.cardSays()).toContain('*Not contained*');
    const user = stage.world.aws.account(account).users.get('ci-deploy');
    expect(user?.attached).toEqual(['arn:aws:iam::aws:policy/AWSDenyAll']);
    expect(stage.threadSays().join('\n')).toContain('AWS itself did not answer');

    stage.world.aws.faults.clear();
    await stage.press(people.maria, 'undo', stage.withControl('undo'));
    await stage.submit(people.maria, 'wrong-target');
    expect(user?.attached ?? []).toEqual([]);
    await stage.curtain();
  });
});
