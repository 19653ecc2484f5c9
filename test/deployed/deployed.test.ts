/**
 * The deployment as a whole: the synthesised template in moto, the built functions around it as the
 * roles that it gives them, and stories from an event on the bus over containments in another account to
 * the digest. Together they need every right that a role gives, and nothing else.
 */
import { readFileSync } from 'node:fs';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { memberPolicy } from '../../src/app/member-policy.ts';
import { type FunctionName, functionNames } from '../../src/aws/rights.ts';
import {
  compromisedServer,
  exampleInstance,
  guardDutyEvent,
  leakedKey,
  portScan,
} from '../../src/local/scenarios/guardduty-event.ts';
import { image } from '../moto/seed.ts';
import { people } from '../stories/play.ts';
import { addPasskey, confirm } from '../stories/step-up-page.ts';
import { secretIs } from './breakages.ts';
import { type Grant, grantsOf, notCalled, notGranted } from './grants.ts';
import { type Installation, install } from './installation.ts';
import { home, member } from './places.ts';
import { type Stage, stageOf } from './stage.ts';

const user = 'ci-deployer';
let installed: Installation;
let stage: Stage;
let owner: IAMClient;
let key = '';
let instance = '';

beforeAll(async () => {
  installed = await install(inject('moto'));
  stage = stageOf(installed);
  for (const line of installed.told) process.stdout.write(`moto: ${line}\n`);
  await secretIs(installed);
  owner = new IAMClient(installed.owner(member));
  await owner.send(new CreateUserCommand({ UserName: user }));
  const made = await owner.send(new CreateAccessKeyCommand({ UserName: user }));
  key = made.AccessKey?.AccessKeyId ?? '';
  const { Instances = [] } = await new EC2Client(installed.owner(member)).send(
    new RunInstancesCommand(image),
  );
  instance = Instances[0]?.InstanceId ?? '';
});

afterAll(() => installed?.close());

const keyStatus = async (): Promise<string | undefined> => {
  const { AccessKeyMetadata = [] } = await owner.send(
    new ListAccessKeysCommand({ UserName: user }),
  );
  return AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === key)?.Status;
};

/** Names in the evidence bucket that begin so. */
const kept = async (Prefix: string): Promise<readonly string[]> => {
  const { Contents = [] } = await new S3Client({
    ...installed.owner(home),
    forcePathStyle: true,
  }).send(new ListObjectsV2Command({ Bucket: `cordon-evidence-${home}-eu-west-1`, Prefix }));
  return Contents.map(({ Key = '' }) => Key);
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

/** A story's event about what there is in moto. */
const about = (story: Parameters<typeof guardDutyEvent>[0]): object =>
  JSON.parse(
    JSON.stringify(guardDutyEvent(story, Date.now()))
      .replaceAll('AKIAIOSFODNN7EXAMPLE', key)
      .replaceAll(exampleInstance.instance, instance),
  );

test('an event becomes a card; pressed, approved by another, contained in another account, recorded', async () => {
  await stage.happens(about(leakedKey));
  counted('an event, to its card');
  await stage.press(people.maria, 'plan:deactivate-access-key');
  counted('a press, to its plan');
  await stage.submit(people.maria, 'confirmed');
  expect(await keyStatus()).toBe('Active');
  await stage.press(people.ana, 'approve', stage.withControl('approve'));
  expect(await keyStatus()).toBe('Inactive');
  expect(stage.cardSays()).toContain('*Contained*, verified');
  expect(installed.door.calls).toContain('lambda:InvokeFunction');
  counted('a request, to the containment');
  await installed.functions.tick.lambda.invoke({ schedule: 'minute' });
  counted('a minute of tick');
  await stage.ticks('digest');
  const digest = stage.posts().find(({ text }) => /^The (day|week) to/.test(text));
  counted('a digest');
  expect(digest?.text).toContain('1 open');
  expect(JSON.stringify(digest?.blocks)).toContain(key);
});

test('what is CRITICAL pages; of tier 3 it runs after two passkeys, and evidence is in the bucket', async () => {
  const passkeys = {
    [people.ana]: await addPasskey(stage, people.ana),
    [people.lee]: await addPasskey(stage, people.lee),
  };
  await stage.happens(about({ ...compromisedServer, severity: 9.1 }));
  const card = stage.cardAbout(instance);
  await stage.ticks();
  expect(await kept(`cases/${stage.caseIdOn(card)}/`)).toContainEqual(
    expect.stringContaining('manifest'),
  );
  await stage.press(people.maria, 'plan:capture-volatile-evidence', card);
  await stage.submit(people.maria, 'confirmed');
  for (const [approver, passkey] of Object.entries(passkeys)) {
    await stage.press(approver, 'approve', stage.under(card, 'approve'));
    expect(await confirm(stage, approver, passkey)).toMatchObject({ kind: 'done' });
  }
  expect(stage.allOf(card)).toContain('console-output.json');
  expect((await kept('captures/')).map((name) => name.split('/').at(-1))).toEqual([
    ...['console-output.json', 'description.json', 'screenshot.json'],
  ]);
});

test('a suppression that is broken ends, and what Slack does not take at once is shown later', async () => {
  await stage.happens(about(portScan));
  const card = stage.cardAbout('Portscan');
  await stage.press(people.maria, 'plan:suppress-finding', card);
  await stage.submit(people.maria, 'expected', {
    days: { days: '7' },
    scope: { scope: 'resource' },
  });
  expect(stage.allOf(card)).toContain('*Suppressed*');
  installed.slack.faults.add({ method: '*', kind: 'throttle', count: 1, delayMs: 1000 });
  const worse = { ...portScan, severity: 8, id: portScan.id.replace('3', '4') };
  await stage.happens(about(worse));
  expect(stage.allOf(card)).toContain('The suppression is over');
  expect(stage.allOf(card)).toContain('severity rose to HIGH');
});

test('a drill begins by a command, and what is under way is told', async () => {
  await stage.command(people.maria, 'drill stolen-key');
  expect(stage.told(people.maria)).toContain('The drill begins');
  const drill = stage.cards().at(-1);
  expect(stage.says(drill)).toMatch(/drill/i);
  await stage.command(people.ana, 'pending');
  expect(stage.told(people.ana)).toContain('No request waits');
});

test('where the executor cannot be loaded, the state machine gives up and the card says so', async () => {
  const card = stage.cardAbout(key);
  installed.executorLoads(false);
  await stage.press(people.maria, 'undo', stage.under(card, 'undo'));
  await stage.submit(people.maria, 'wrong-target');
  expect(stage.allOf(card)).toContain('failed at every try');
  expect(installed.door.calls).toContain('sqs:SendMessage');
  expect(await keyStatus()).toBe('Inactive');
});

/** What others use in the function's name: Lambda reads its queues, keeps its log and sends its traces. */
const byLambda =
  /^(sqs:(ReceiveMessage|DeleteMessage|ChangeMessageVisibility|GetQueueAttributes)|logs:.*|xray:.*)$/;

/** What each function called with its own role in all of the stories. */
const calledBy = (name: FunctionName) => {
  const { recorder, credentials } = installed.functions[name];
  return recorder.calls.filter(({ accessKeyId }) => accessKeyId === credentials.accessKeyId);
};

describe.each(functionNames)('the role of %s', (name) => {
  let grants: readonly Grant[] = [];
  beforeAll(async () => {
    const all = await grantsOf(new IAMClient(installed.owner(home)), `cordon-${name}`, 'rights');
    grants = all.filter(({ action }) => !byLambda.test(action));
  });

  test('grants every call that was made, on what it was made', () => {
    expect(grants.length).toBeGreaterThan(0);
    expect(notGranted(grants, calledBy(name))).toEqual([]);
  });

  test('grants nothing that was not called', () => {
    expect(notCalled(grants, calledBy(name))).toEqual([]);
  });
});

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
