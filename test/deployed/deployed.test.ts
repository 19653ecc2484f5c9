/**
 * The deployment as a whole: the synthesised template in moto, the built functions around it as the
 * roles that it gives them, and a story from an event to a containment in another account.
 */
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { memberPolicy } from '../../src/app/member-policy.ts';
import { type FunctionName, functionNames, functionRights } from '../../src/aws/rights.ts';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { handsOf } from '../stories/hands.ts';
import { people } from '../stories/play.ts';
import { screenOf } from '../stories/screen.ts';
import { home, type Installation, install, member } from './installation.ts';
import { queueUrl, settle } from './pumps.ts';

const now = (): number => Date.now();
const user = 'ci-deployer';
let installed: Installation;
let owner: IAMClient;
let key = '';

beforeAll(async () => {
  installed = await install(inject('moto'));
  for (const line of installed.told) process.stdout.write(`moto: ${line}\n`);
  const { slack } = installed;
  await new SecretsManagerClient(installed.owner(home)).send(
    new PutSecretValueCommand({
      SecretId: 'cordon-slack',
      SecretString: JSON.stringify({
        token: slack.token,
        signingSecrets: [slack.signingSecret],
        botId: slack.ids.botId,
        botUserId: slack.ids.botUserId,
      }),
    }),
  );
  owner = new IAMClient(installed.owner(member));
  await owner.send(new CreateUserCommand({ UserName: user }));
  const made = await owner.send(new CreateAccessKeyCommand({ UserName: user }));
  key = made.AccessKey?.AccessKeyId ?? '';
});

afterAll(() => installed?.close());

const keyStatus = async (): Promise<string | undefined> => {
  const { AccessKeyMetadata = [] } = await owner.send(
    new ListAccessKeysCommand({ UserName: user }),
  );
  return AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === key)?.Status;
};

test('an event becomes a card; pressed, approved by another, contained in another account, recorded', async () => {
  const { pumps, slack, functions } = installed;
  const event = JSON.stringify(guardDutyEvent(leakedKey, now())).replaceAll(
    'AKIAIOSFODNN7EXAMPLE',
    key,
  );
  await pumps.sqs.send(
    new SendMessageCommand({ QueueUrl: queueUrl(pumps.moto, 'cordon-ingest'), MessageBody: event }),
  );
  await settle(pumps);
  const screen = screenOf({ slack });
  const hands = handsOf(
    {
      slack,
      clock: { now, moveTo: () => undefined },
      async gesture(sent) {
        if (!sent) return { status: 200, body: '' };
        const answer = await functions.web.lambda.invoke(sent.event);
        const outcome = sent.settle(answer as Parameters<typeof sent.settle>[0]);
        await settle(pumps);
        return outcome;
      },
    },
    screen,
  );
  await hands.press(people.maria, 'plan:deactivate-access-key');
  await hands.submit(people.maria, 'confirmed');
  expect(await keyStatus()).toBe('Active');
  await hands.press(people.ana, 'approve', screen.withControl('approve'));
  expect(await keyStatus()).toBe('Inactive');
  expect(screen.cardSays()).toContain('*Contained*, verified');
  await functions.tick.lambda.invoke({ schedule: 'minute' });
  await settle(pumps);
});

/** Rights of Lambda's own that the pump uses in the function's place. */
const byLambda = /^sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes)$/;

const grantedTo = (name: FunctionName): readonly string[] =>
  [...new Set(functionRights[name].flatMap(({ actions }) => actions))]
    .filter((action) => !byLambda.test(action))
    .sort();

/** What each function called with its own role in the story; the rest of its rights is for others. */
const calledBy = (name: FunctionName): readonly string[] => {
  const { recorder, credentials } = installed.functions[name];
  const own = recorder.calls.filter(({ accessKeyId }) => accessKeyId === credentials.accessKeyId);
  return [...new Set(own.map(({ action }) => action))].sort();
};

/** Rights that this story may have no use for: evidence, repeats, batches, paging, long runs, tier 3. */
const maybeUnused: Readonly<Record<FunctionName, readonly string[]>> = {
  web: [],
  ingest: ['dynamodb:UpdateItem'],
  notify: ['sqs:SendMessage'],
  worker: [
    ...['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 's3:PutObject'],
    // Asked of a run that outlasts its stamp.
    'states:DescribeExecution',
  ],
  executor: [
    ...['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'],
    ...['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
  ],
  tick: [
    'dynamodb:BatchGetItem',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
    'sns:Publish',
    'sqs:SendMessage',
  ],
  // Nobody confirms anything at tier 2.
  'step-up': grantedTo('step-up'),
};

test.each(functionNames)(
  '%s called what its role grants, and all of it but what is listed',
  (name) => {
    const called = calledBy(name);
    expect(called.filter((action) => !grantedTo(name).includes(action))).toEqual([]);
    const unused = grantedTo(name).filter((action) => !called.includes(action));
    expect(unused.filter((action) => !maybeUnused[name].includes(action))).toEqual([]);
  },
);

test.each([
  ['worker', 'read'],
  ['executor', 'respond'],
] as const)('%s called in the member account what the role cordon-%s allows', (name, role) => {
  const { recorder, credentials } = installed.functions[name];
  const away = recorder.calls.filter(({ accessKeyId }) => accessKeyId !== credentials.accessKeyId);
  const allowed = memberPolicy(role).Statement.flatMap(({ Effect, Action }) =>
    Effect === 'Allow' ? Action : [],
  );
  expect(away.length).toBeGreaterThan(2);
  expect(
    [...new Set(away.map(({ action }) => action))].filter((one) => !allowed.includes(one)),
  ).toEqual([]);
});
