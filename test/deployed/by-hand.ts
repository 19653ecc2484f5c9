/** What moto makes nothing of in a template, made as the template says it, and told. */
import { DynamoDBClient, UpdateContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutPermissionCommand } from '@aws-sdk/client-eventbridge';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { clientOf } from './installation.ts';
import type { Template } from './moto-stack.ts';
import { home } from './places.ts';

type Properties = Readonly<Record<string, unknown>>;

const allOf = ({ Resources }: Template, type: string): readonly Properties[] =>
  Object.values(Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties = {} }) => Properties);

type Client = ReturnType<typeof clientOf>;

/** Point-in-time recovery of the tables that ask for it. */
const recovery = async (client: Client, template: Template): Promise<readonly string[]> => {
  const dynamo = new DynamoDBClient(client);
  for (const { TableName, PointInTimeRecoverySpecification } of allOf(
    template,
    'AWS::DynamoDB::Table',
  ))
    await dynamo.send(
      new UpdateContinuousBackupsCommand({
        TableName: String(TableName),
        PointInTimeRecoverySpecification: PointInTimeRecoverySpecification as {
          readonly PointInTimeRecoveryEnabled: boolean;
        },
      }),
    );
  return ['by hand: point-in-time recovery, which moto does not take from a template'];
};

const schedules = async (client: Client, template: Template): Promise<readonly string[]> => {
  const scheduler = new SchedulerClient(client);
  for (const { Name, ScheduleExpression, ScheduleExpressionTimezone, State } of allOf(
    template,
    'AWS::Scheduler::Schedule',
  ))
    await scheduler.send(
      new CreateScheduleCommand({
        Name: String(Name),
        ScheduleExpression: String(ScheduleExpression),
        ScheduleExpressionTimezone: String(ScheduleExpressionTimezone),
        State: State === 'ENABLED' ? 'ENABLED' : 'DISABLED',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: `arn:aws:lambda:${client.region}:${home}:function:cordon-tick`,
          RoleArn: `arn:aws:iam::${home}:role/cordon-schedules`,
        },
      }),
    );
  return ['by hand: AWS::Scheduler::Schedule, of which moto makes none from a template'];
};

/** `Fn::Join`, the partition and ARNs of the security bus, as CloudFormation puts them in. */
const filledIn = (value: unknown, bus: string): unknown => {
  if (Array.isArray(value)) return value.map((each) => filledIn(each, bus));
  if (typeof value !== 'object' || value === null) return value;
  const [[key, inner] = ['', undefined]] = Object.entries(value);
  if (key === 'Fn::GetAtt') return bus;
  if (key === 'Ref' && inner === 'AWS::Partition') return 'aws';
  if (key === 'Fn::Join' && Array.isArray(inner))
    return (filledIn(inner[1], bus) as readonly string[]).join(String(inner[0]));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, filledIn(each, bus)]),
  );
};

/** Who may send to the security bus. */
const busPolicy = async (client: Client, template: Template): Promise<readonly string[]> => {
  const policies = allOf(template, 'AWS::Events::EventBusPolicy');
  const bus = `arn:aws:events:${client.region}:${home}:event-bus/cordon-security`;
  const Statement = policies.map((each) => filledIn(each['Statement'], bus));
  if (Statement.length === 0) return [];
  await new EventBridgeClient(client).send(
    new PutPermissionCommand({
      EventBusName: 'cordon-security',
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
  return ['by hand: AWS::Events::EventBusPolicy, of which moto makes none from a template'];
};

/** Empty, as the stack makes it; the owner fills it. */
const secret = async (client: Client): Promise<readonly string[]> => {
  await new SecretsManagerClient(client).send(
    new CreateSecretCommand({ Name: 'cordon-slack', SecretString: 'filled by the owner' }),
  );
  return ['by hand: AWS::SecretsManager::Secret, of which moto makes none from a template'];
};

/** Somebody who confirmed. */
const subscriber = async (client: Client): Promise<readonly string[]> => {
  await new SNSClient(client).send(
    new SubscribeCommand({
      TopicArn: `arn:aws:sns:${client.region}:${home}:cordon-pager`,
      Protocol: 'sqs',
      Endpoint: `arn:aws:sqs:${client.region}:${home}:cordon-events-dead`,
    }),
  );
  return [];
};

export const byHand = async (client: Client, template: Template): Promise<readonly string[]> => [
  ...(await recovery(client, template)),
  ...(await schedules(client, template)),
  ...(await busPolicy(client, template)),
  ...(await secret(client)),
  ...(await subscriber(client)),
];
