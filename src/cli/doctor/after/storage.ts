/** The tables and the queues. */
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { named } from '../../../app/names.ts';
import { queueSettings } from '../../../app/queue-settings.ts';
import { broken, type Check, fine, isNamed, type Verdict } from '../check.ts';
import type { ClientConfig, Site } from '../site.ts';

const tableVerdict = async (
  dynamo: DynamoDBClient,
  TableName: string,
): Promise<Verdict | undefined> => {
  try {
    const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus !== 'ACTIVE')
      return broken(`${TableName} is ${Table?.TableStatus}`, 'Wait, then look again.');
    if (Table.DeletionProtectionEnabled !== true)
      return broken(
        `${TableName} can be deleted`,
        'Switch its deletion protection on: deploy again.',
      );
    const { ContinuousBackupsDescription: backups } = await dynamo.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    return backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED'
      ? undefined
      : broken(
          `${TableName} has no point-in-time recovery`,
          'Switch it on: without it nothing can be restored. Deploying again does it.',
        );
  } catch (error) {
    if (!isNamed(error, /^ResourceNotFound/)) throw error;
    return broken(`there is no table ${TableName}`, 'Deploy the stack cordon: docs/install.md.');
  }
};

export const tables: Check<Site> = {
  id: 'tables',
  needs: ['functions'],
  async look({ aws, deployment }) {
    const { casesTable, requestsTable, passkeysTable } = await deployment();
    const dynamo = new DynamoDBClient(aws);
    const names = [casesTable, requestsTable, passkeysTable];
    const found = await Promise.all(names.map((name) => tableVerdict(dynamo, name)));
    const verdicts = found.filter((verdict) => verdict !== undefined);
    return verdicts.length > 0 ? verdicts : [fine('the tables are there, protected and backed up')];
  },
};

/** Its URL may carry a host of its own, which an emulator does not have. */
export const sqsClient = (aws: ClientConfig): SQSClient =>
  new SQSClient({ ...aws, useQueueUrlAsEndpoint: false });

const waitingIn = async (sqs: SQSClient, QueueName: string): Promise<number | undefined> => {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    );
    return Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0);
  } catch (error) {
    if (isNamed(error, /NonExistentQueue|QueueDoesNotExist/)) return undefined;
    throw error;
  }
};

const gone = (name: string): Verdict =>
  broken(`there is no queue ${name}`, 'Deploy the stack cordon: docs/install.md.');

const deadVerdict = async (sqs: SQSClient, name: string): Promise<Verdict | undefined> => {
  const waiting = await waitingIn(sqs, name);
  if (waiting === undefined) return gone(name);
  return waiting === 0
    ? undefined
    : broken(
        `${name} holds ${waiting} message(s) that Cordon gave up on`,
        'Read docs/operate.md, "Dead letters": find out why, then move them back.',
      );
};

const betweenMs = 3000;

/** A queue may hold something at any moment; one that holds as much a little later stands still. */
const liveVerdict = async (
  site: Site,
  sqs: SQSClient,
  name: string,
): Promise<Verdict | undefined> => {
  const first = await waitingIn(sqs, name);
  if (first === undefined) return gone(name);
  if (first === 0) return undefined;
  await site.sleep(betweenMs);
  const second = (await waitingIn(sqs, name)) ?? 0;
  return second < first
    ? undefined
    : broken(
        `${name} holds ${second} message(s) and none of them moves`,
        'Read docs/operate.md, "A queue stands still".',
      );
};

export const queues: Check<Site> = {
  id: 'queues',
  needs: ['functions'],
  async look(site) {
    const sqs = sqsClient(site.aws);
    const names = Object.keys(queueSettings);
    const suffix = (name: string): string => (name === 'jobs' ? '.fifo' : '');
    const found = await Promise.all([
      ...names.map((name) => liveVerdict(site, sqs, `${named(name)}${suffix(name)}`)),
      ...names.map((name) => deadVerdict(sqs, `${named(name)}-dead${suffix(name)}`)),
      ...['events', 'schedules'].map((name) => deadVerdict(sqs, named(`${name}-dead`))),
    ]);
    const verdicts = found.filter((verdict) => verdict !== undefined);
    return verdicts.length > 0 ? verdicts : [fine('no queue stands still, no dead letters')];
  },
};
