/** `cordon doctor` on the installation in moto: healthy, then broken in ten ways, one after another. */
import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateDetectorCommand,
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty';
import {
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListSubscriptionsCommand, SNSClient, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { afterDeployment } from '../../src/cli/doctor/after/index.ts';
import { awsSite } from '../../src/cli/doctor/aws-site.ts';
import { type Checked, inLines, isHealthy, runChecks } from '../../src/cli/doctor/run.ts';
import type { Site } from '../../src/cli/doctor/site.ts';
import type { CordonConfig } from '../../src/config/config.ts';
import { config } from './config/cordon.config.ts';
import { home, type Installation, install, member, region } from './installation.ts';
import { queueUrl, settle } from './pumps.ts';

let installed: Installation;

/** Of the accounts only the one that has its roles. */
const oneAccount: CordonConfig = {
  ...config,
  accounts: { [member]: { name: 'prod-payments', response: true } },
};

const secretIs = (value: object): Promise<unknown> =>
  new SecretsManagerClient(installed.owner(home)).send(
    new PutSecretValueCommand({ SecretId: 'cordon-slack', SecretString: JSON.stringify(value) }),
  );

const goodSecret = () => ({
  token: installed.slack.token,
  signingSecrets: [installed.slack.signingSecret],
  botId: installed.slack.ids.botId,
  botUserId: installed.slack.ids.botUserId,
});

/** The real site, but Lambda itself and its event sources are the test's. */
const site = (using: CordonConfig = oneAccount): Site => {
  const { functions, pumps, slackApiUrl } = installed;
  return {
    ...awsSite(using, {
      aws: installed.owner(home),
      slackApiUrl,
      // moto makes no secret from a template, so it does not know its name either.
      instead: { CORDON_SLACK_SECRET_ID: 'cordon-slack' },
    }),
    invoke: (name, event) => functions[name].lambda.invoke(event),
    sleep: () => settle(pumps),
  };
};

const detector = async (): Promise<{ readonly client: GuardDutyClient; readonly id: string }> => {
  const client = new GuardDutyClient(installed.owner(member));
  const { DetectorIds = [] } = await client.send(new ListDetectorsCommand({}));
  return { client, id: DetectorIds[0] ?? '' };
};

beforeAll(async () => {
  installed = await install(inject('moto'));
  await secretIs(goodSecret());
  await new GuardDutyClient(installed.owner(member)).send(
    new CreateDetectorCommand({ Enable: true }),
  );
});
afterAll(() => installed?.close());

const looked = async (using?: Site, ids?: readonly string[]): Promise<readonly Checked[]> =>
  runChecks(
    ids ? afterDeployment.filter(({ id }) => ids.includes(id)) : afterDeployment,
    using ?? site(),
    () => {},
  );

const inWords = (all: readonly Checked[]): string => all.map(inLines).join('\n');

test('a healthy installation is healthy; the synthetic finding leaves no card behind', async () => {
  const all = await looked();
  expect(inWords(all)).not.toContain('FAIL');
  expect(isHealthy(all)).toBe(true);
  expect(inWords(all)).toContain('its card is removed');
  const posted = installed.slack.calls().filter(({ method }) => method === 'chat.postMessage');
  expect(posted).toHaveLength(1);
  const { channels } = installed.slack.state() as {
    readonly channels: readonly { readonly messages: readonly unknown[] }[];
  };
  expect(channels.flatMap(({ messages }) => messages)).toEqual([]);
});

const events = (where = region) =>
  new EventBridgeClient({ ...installed.owner(home), region: where });
const forwarding = 'cordon-forward-guardduty-findings';

describe('Slack and who asks, broken, with what to do:', () => {
  test('credentials of another account', async () => {
    const real = site();
    const told = inWords(
      await looked({ ...real, aws: installed.owner(member) }, ['account', 'functions']),
    );
    expect(told).toMatch(
      /FAIL account .*account 123456789012.*\n.*Use credentials of 999988887777/,
    );
    expect(told).toMatch(/- +functions +not looked at before account is mended/);
  });

  test('a secret that lacks a part', async () => {
    const { botId: _, ...rest } = goodSecret();
    await secretIs(rest);
    const told = inWords(await looked(site(), ['account', 'functions', 'secret', 'slack-token']));
    await secretIs(goodSecret());
    expect(told).toMatch(/FAIL secret .*\n.*Put token, signingSecrets, botId and botUserId/);
    expect(told).not.toContain(installed.slack.token);
  });

  test('a token that Slack refuses', async () => {
    await secretIs({ ...goodSecret(), token: 'xoxb-revoked' });
    const told = inWords(await looked(site(), ['secret', 'slack-token', 'slack-scopes']));
    await secretIs(goodSecret());
    expect(told).toMatch(
      /FAIL slack-token +Slack refuses the token: invalid_auth\n.*Install the app/,
    );
  });
});

describe('events and queues, broken, with what to do:', () => {
  test('a rule that is switched off', async () => {
    await events().send(new DisableRuleCommand({ Name: forwarding }));
    const told = inWords(await looked(site(), ['rules']));
    await events().send(new EnableRuleCommand({ Name: forwarding }));
    expect(told).toMatch(
      /cordon-forward-guardduty-findings in eu-west-1 is disabled: its events are lost\n.*enable-rule/,
    );
  });

  test('a rule of an older configuration in the global region', async () => {
    const stale = { source: ['aws.guardduty'] };
    await events('us-east-1').send(
      new PutRuleCommand({ Name: forwarding, EventPattern: JSON.stringify(stale) }),
    );
    const told = inWords(await looked(site(), ['rules']));
    expect(told).toMatch(
      /cordon-forward-guardduty-findings in us-east-1 lets through something else/,
    );
  });

  test('a dead letter', async () => {
    const QueueUrl = queueUrl(installed.moto, 'cordon-work-dead');
    await installed.pumps.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    const told = inWords(await looked(site(), ['queues']));
    await installed.pumps.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(told).toMatch(/FAIL queues +cordon-work-dead holds 1 message.*\n.*Dead letters/);
  });

  test('a queue that nobody reads', async () => {
    const QueueUrl = queueUrl(installed.moto, 'cordon-notify');
    await installed.pumps.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    const told = inWords(await looked({ ...site(), sleep: async () => {} }, ['queues']));
    await installed.pumps.sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect(told).toMatch(/cordon-notify holds 1 message\(s\) and none of them moves/);
  });
});

describe('the rest, broken, with what to do:', () => {
  test('a table without protection', async () => {
    const dynamo = new DynamoDBClient(installed.owner(home));
    const protect = (DeletionProtectionEnabled: boolean) =>
      dynamo.send(
        new UpdateTableCommand({ TableName: 'cordon-requests', DeletionProtectionEnabled }),
      );
    await protect(false);
    const told = inWords(await looked(site(), ['tables']));
    await protect(true);
    expect(told).toMatch(/FAIL tables +cordon-requests can be deleted/);
  });

  test('a schedule that is gone', async () => {
    await new SchedulerClient(installed.owner(home)).send(
      new DeleteScheduleCommand({ Name: 'cordon-minute' }),
    );
    expect(inWords(await looked(site(), ['schedules']))).toMatch(
      /there is no schedule cordon-minute/,
    );
  });

  test('a pager that wakes nobody', async () => {
    const sns = new SNSClient(installed.owner(home));
    const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
    for (const { SubscriptionArn } of Subscriptions)
      await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(inWords(await looked(site(), ['pager']))).toMatch(/FAIL pager +nobody is paged/);
  });

  test('GuardDuty suspended in an account', async () => {
    const { client, id } = await detector();
    await client.send(new UpdateDetectorCommand({ DetectorId: id, Enable: false }));
    const told = inWords(await looked(site(), ['accounts']));
    await client.send(new UpdateDetectorCommand({ DetectorId: id, Enable: true }));
    expect(told).toMatch(/FAIL accounts +prod-payments: GuardDuty is suspended/);
  });

  test('a response role that is gone', async () => {
    const iam = new IAMClient(installed.owner(member));
    const RoleName = 'cordon-respond';
    const { AttachedPolicies = [] } = await iam.send(
      new ListAttachedRolePoliciesCommand({ RoleName }),
    );
    for (const { PolicyArn } of AttachedPolicies)
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    expect(inWords(await looked(site(), ['accounts']))).toMatch(
      /cordon-respond is not deployed, but .*response: true\n.*Respond=yes/,
    );
  });

  test('functions that nothing moves', async () => {
    let at = Date.now();
    const stalled: Site = {
      ...site(),
      now: () => at,
      sleep: async (milliseconds) => {
        at += milliseconds * 10;
      },
    };
    const told = inWords(await looked(stalled, ['journey']));
    expect(told).toMatch(/FAIL journey .*did not become a card within a minute\n.*cordon-ingest/);
  });
});
