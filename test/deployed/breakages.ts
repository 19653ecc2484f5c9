/** Installations that are broken in one way each: what to do to a healthy one, and what mends it again. */
import {
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {
  GuardDutyClient,
  ListDetectorsCommand,
  UpdateDetectorCommand,
} from '@aws-sdk/client-guardduty';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import {
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import {
  ListSubscriptionsCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { roleVersion, roleVersionTag } from '../../src/actions/role-version.ts';
import type { Installation } from './installation.ts';
import { home, member, region } from './places.ts';
import { queueUrl } from './pumps.ts';
import type { Terminal } from './terminal.ts';

export type Place = Installation & { readonly terminal: Terminal };

type Mend = () => Promise<unknown> | undefined;

interface Breakage {
  /** Of the check, and of no other, that fails. */
  readonly line: string;
  readonly says: RegExp;
  readonly remedy: RegExp;
  readonly breaks: (place: Place) => Promise<Mend>;
  /** Nothing reads the queues meanwhile. */
  readonly still?: boolean;
}

/** What the owner put into the secret; with a part that is wrong or missing. */
export const secretIs = (
  { owner, slack }: Pick<Place, 'owner' | 'slack'>,
  change: object = {},
): Promise<unknown> =>
  new SecretsManagerClient(owner(home)).send(
    new PutSecretValueCommand({
      SecretId: 'cordon-slack',
      SecretString: JSON.stringify({
        token: slack.token,
        signingSecrets: [slack.signingSecret],
        botId: slack.ids.botId,
        botUserId: slack.ids.botUserId,
        ...change,
      }),
    }),
  );

const secret =
  (change: object): Breakage['breaks'] =>
  async (place) => {
    await secretIs(place, change);
    return () => secretIs(place);
  };

const forwarding = 'cordon-forward-guardduty-findings';
const events = ({ owner }: Place, where = region) =>
  new EventBridgeClient({ ...owner(home), region: where });

const message =
  (name: string): Breakage['breaks'] =>
  async ({ moto, pumps }) => {
    const QueueUrl = queueUrl(moto, name);
    await pumps.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    return () => pumps.sqs.send(new PurgeQueueCommand({ QueueUrl }));
  };

const slackBreaks =
  (
    breaks: (slack: Place['slack']) => void,
    mends: (slack: Place['slack']) => void,
  ): Breakage['breaks'] =>
  async ({ slack }) => {
    breaks(slack);
    return async () => mends(slack);
  };

const channel = 'C0SECURITY';

export const breakages: Readonly<Record<string, Breakage>> = {
  'a state machine that somebody deleted': {
    line: 'execution',
    says: /StateMachineDoesNotExist/,
    remedy: /Mend what the error says/,
    async breaks({ owner, pumps: { stateMachine: stateMachineArn } }) {
      const sfn = new SFNClient(owner(home));
      const was = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
      await sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
      return () =>
        sfn.send(
          new CreateStateMachineCommand({
            name: was.name,
            definition: was.definition,
            roleArn: was.roleArn,
          }),
        );
    },
  },
  'a secret that lacks a part': {
    line: 'secret',
    says: /the Slack secret cannot be used/,
    remedy: /Put token, signingSecrets, botId and botUserId/,
    breaks: secret({ botId: undefined }),
  },
  'a token that Slack refuses': {
    line: 'slack-token',
    says: /Slack refuses the token: invalid_auth/,
    remedy: /Install the app/,
    breaks: secret({ token: 'xoxb-revoked' }),
  },
  'the bot of another app in the secret': {
    line: 'slack-token',
    says: /botId or botUserId in the secret is not that of the token/,
    remedy: /Set botId to B\w+ and botUserId to U\w+/,
    breaks: secret({ botId: 'B0OTHER' }),
  },
  'a token without a scope of the manifest': {
    line: 'slack-scopes',
    says: /the token lacks usergroups:read/,
    remedy: /Update the app with manifest\.yml, install it again/,
    async breaks({ terminal }) {
      terminal.withoutScope('usergroups:read');
      return async () => terminal.withoutScope(undefined);
    },
  },
  'a channel that the bot is not in': {
    line: 'slack-channels',
    says: /channel C0SECURITY: not_in_channel/,
    remedy: /\/invite @Cordon/,
    breaks: slackBreaks(
      (slack) => slack.setMember(channel, false),
      (slack) => slack.setMember(channel, true),
    ),
  },
  'a channel that another organisation reads': {
    line: 'slack-channels',
    says: /another organisation reads it/,
    remedy: /your own organisation only/,
    breaks: slackBreaks(
      (slack) => slack.setShared(channel, true),
      (slack) => slack.setShared(channel, false),
    ),
  },
  'a group of approvers that nobody is in': {
    line: 'slack-groups',
    says: /user group S0SECAPPR is empty/,
    remedy: /Add people to it in Slack/,
    breaks: slackBreaks(
      (slack) => slack.setGroup('S0SECAPPR', []),
      (slack) => slack.setGroup('S0SECAPPR', ['U0ANA', 'U0LEE']),
    ),
  },
  'a table that can be deleted': {
    line: 'tables',
    says: /cordon-requests can be deleted/,
    remedy: /deletion protection on/,
    async breaks({ owner }) {
      const dynamo = new DynamoDBClient(owner(home));
      const protect = (DeletionProtectionEnabled: boolean) =>
        dynamo.send(
          new UpdateTableCommand({ TableName: 'cordon-requests', DeletionProtectionEnabled }),
        );
      await protect(false);
      return () => protect(true);
    },
  },
  'a table that cannot be restored': {
    line: 'tables',
    says: /cordon-cases has no point-in-time recovery/,
    remedy: /Switch it on/,
    async breaks({ owner }) {
      const dynamo = new DynamoDBClient(owner(home));
      const recover = (PointInTimeRecoveryEnabled: boolean) =>
        dynamo.send(
          new UpdateContinuousBackupsCommand({
            TableName: 'cordon-cases',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
          }),
        );
      await recover(false);
      return () => recover(true);
    },
  },
  'a dead letter': {
    line: 'queues',
    says: /cordon-work-dead holds 1 message/,
    remedy: /"Dead letters"/,
    breaks: message('cordon-work-dead'),
  },
  'a queue that nobody reads': {
    line: 'queues',
    says: /cordon-notify holds 1 message\(s\) and none of them moves/,
    remedy: /"A queue stands still"/,
    still: true,
    breaks: message('cordon-notify'),
  },
  'a rule that is switched off': {
    line: 'rules',
    says: /cordon-forward-guardduty-findings in eu-west-1 is disabled: its events are lost/,
    remedy: /aws events enable-rule --region eu-west-1/,
    async breaks(place) {
      await events(place).send(new DisableRuleCommand({ Name: forwarding }));
      return () => events(place).send(new EnableRuleCommand({ Name: forwarding }));
    },
  },
  'a rule of an older configuration in the global region': {
    line: 'rules',
    says: /cordon-forward-guardduty-findings in us-east-1 lets through something else/,
    remedy: /Synthesise and deploy again/,
    async breaks(place) {
      const there = events(place, 'us-east-1');
      const was = await there.send(new DescribeRuleCommand({ Name: forwarding }));
      const put = (EventPattern: string | undefined) =>
        there.send(new PutRuleCommand({ Name: forwarding, EventPattern }));
      await put(JSON.stringify({ source: ['aws.guardduty'] }));
      return () => put(was.EventPattern);
    },
  },
  'a schedule that is off': {
    line: 'schedules',
    says: /schedule cordon-minute is off: nothing expires/,
    remedy: /Enable it in EventBridge Scheduler/,
    async breaks({ owner }) {
      const scheduler = new SchedulerClient(owner(home));
      const was = await scheduler.send(new GetScheduleCommand({ Name: 'cordon-minute' }));
      const set = (State: 'ENABLED' | 'DISABLED') =>
        scheduler.send(
          new UpdateScheduleCommand({
            Name: was.Name,
            ScheduleExpression: was.ScheduleExpression,
            FlexibleTimeWindow: was.FlexibleTimeWindow,
            Target: was.Target,
            State,
          }),
        );
      await set('DISABLED');
      return () => set('ENABLED');
    },
  },
  'a pager that wakes nobody': {
    line: 'pager',
    says: /nobody is paged/,
    remedy: /confirm the subscription/,
    async breaks({ owner }) {
      const sns = new SNSClient(owner(home));
      const { Subscriptions = [] } = await sns.send(new ListSubscriptionsCommand({}));
      for (const { SubscriptionArn } of Subscriptions)
        await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
      return async () => {
        for (const { TopicArn, Protocol, Endpoint } of Subscriptions)
          await sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
      };
    },
  },
  'a function with a policy that the stack does not give it': {
    line: 'policies',
    says: /cordon-web has policies that the stack does not attach: helpful/,
    remedy: /deploy/i,
    async breaks({ owner }) {
      const iam = new IAMClient(owner(home));
      const { Policy } = await iam.send(
        new CreatePolicyCommand({
          PolicyName: 'helpful',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
          }),
        }),
      );
      const what = { RoleName: 'cordon-web', PolicyArn: Policy?.Arn };
      await iam.send(new AttachRolePolicyCommand(what));
      return () => iam.send(new DetachRolePolicyCommand(what));
    },
  },
  'a response role of an older release': {
    line: 'accounts',
    says: /prod-payments: cordon-respond is of version 1, this release needs/,
    remedy: /Deploy infra\/member-role\.yaml of this release there with Respond=yes/,
    async breaks({ owner }) {
      const iam = new IAMClient(owner(member));
      const tag = (version: number) =>
        iam.send(
          new TagRoleCommand({
            RoleName: 'cordon-respond',
            Tags: [{ Key: roleVersionTag, Value: String(version) }],
          }),
        );
      await tag(1);
      return () => tag(roleVersion);
    },
  },
  'GuardDuty suspended in an account': {
    line: 'accounts',
    says: /prod-payments: GuardDuty is suspended/,
    remedy: /Enable GuardDuty there/,
    async breaks({ owner }) {
      const client = new GuardDutyClient(owner(member));
      const { DetectorIds = [] } = await client.send(new ListDetectorsCommand({}));
      const set = (Enable: boolean) =>
        client.send(new UpdateDetectorCommand({ DetectorId: DetectorIds[0], Enable }));
      await set(false);
      return () => set(true);
    },
  },
};
