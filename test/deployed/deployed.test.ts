/**
 * The deployment as a whole: the synthesised template in moto, the built functions around it as the
 * roles that it gives them, and a story from an event on the bus over a containment in another account to
 * the digest.
 */
import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { memberPolicy } from '../../src/app/member-policy.ts';
import { type FunctionName, functionNames, functionRights } from '../../src/aws/rights.ts';
import { guardDutyEvent, leakedKey } from '../../src/local/scenarios/guardduty-event.ts';
import { handsOf } from '../stories/hands.ts';
import { people } from '../stories/play.ts';
import { screenOf } from '../stories/screen.ts';
import { home, type Installation, install, member } from './installation.ts';
import { settle } from './pumps.ts';

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

/** What has been counted so far, by service. */
const sofar = new Map<string, number>();
/** Requests of each step of the story, by service, in the order of the story. */
const costs = new Map<string, Readonly<Record<string, number>>>();

/** Ends a step: what all functions called since the one before. */
const counted = (step: string): void => {
  const now = new Map<string, number>();
  for (const { recorder } of Object.values(installed.functions))
    for (const { action } of recorder.calls) {
      const service = action.split(':')[0] ?? '';
      now.set(service, (now.get(service) ?? 0) + 1);
    }
  costs.set(
    step,
    Object.fromEntries(
      [...now].map(([service, count]) => [service, count - (sofar.get(service) ?? 0)]),
    ),
  );
  process.stdout.write(`counted: ${step}: ${JSON.stringify(costs.get(step))}\n`);
  for (const [service, count] of now) sofar.set(service, count);
};

/** As GuardDuty does, on the default bus: the rules of the template bring it to the security bus and the queue. */
const onTheBus = async (event: string): Promise<void> => {
  const { source, detail, resources, ...rest } = JSON.parse(event);
  const answer = await new EventBridgeClient(installed.owner(home)).send(
    new PutEventsCommand({
      Entries: [
        {
          Source: source,
          DetailType: rest['detail-type'],
          Detail: JSON.stringify(detail),
          Resources: resources,
        },
      ],
    }),
  );
  expect(answer.FailedEntryCount).toBe(0);
};

test('an event becomes a card; pressed, approved by another, contained in another account, recorded', async () => {
  const { pumps, slack, functions } = installed;
  const event = JSON.stringify(guardDutyEvent(leakedKey, now())).replaceAll(
    'AKIAIOSFODNN7EXAMPLE',
    key,
  );
  await onTheBus(event);
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
  counted('an event, to its card');
  await hands.press(people.maria, 'plan:deactivate-access-key');
  counted('a press, to its plan');
  await hands.submit(people.maria, 'confirmed');
  expect(await keyStatus()).toBe('Active');
  await hands.press(people.ana, 'approve', screen.withControl('approve'));
  expect(await keyStatus()).toBe('Inactive');
  expect(screen.cardSays()).toContain('*Contained*, verified');
  counted('a request, to the containment');
  await functions.tick.lambda.invoke({ schedule: 'minute' });
  counted('a minute of tick');
  await functions.tick.lambda.invoke({ schedule: 'digest' });
  await settle(pumps);
  const digest = screen.posts().find(({ text }) => /^The (day|week) to/.test(text));
  counted('a digest');
  expect(digest?.text).toContain('1 open');
  expect(JSON.stringify(digest?.blocks)).toContain(key);
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

/** docs/operate.md, "Cost": a row says how many requests of DynamoDB and SQS a step takes. */
test('the cost table is no lower than what was counted here, and at most twice as high', () => {
  const page = readFileSync('docs/operate.md', 'utf8');
  for (const [step, by] of costs) {
    const { dynamodb = 0, sqs = 0 } = by;
    const row = new RegExp(`\\| ${step} \\| (\\d+) \\| (\\d+) \\|`).exec(page);
    for (const [said, found] of [
      [Number(row?.[1]), dynamodb],
      [Number(row?.[2]), sqs],
    ] as const) {
      expect(said, step).toBeGreaterThanOrEqual(found);
      expect(said, step).toBeLessThanOrEqual(2 * found + 2);
    }
  }
});
