import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, DescribeKeyPairsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { attach, guard } from '../../../src/local/world/attach.ts';
import { coverageTable } from '../../../src/local/world/coverage.ts';
import { seedExample } from '../../../src/local/world/seed.ts';
import { createWorld, type World } from '../../../src/local/world/world.ts';

const region = 'eu-west-1';
const as = (accessKeyId: string) => ({
  region,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});
const owner = as('ADMIN-123456789012');

const newWorld = (): World => {
  const world = createWorld({
    now: () => Date.parse('2026-11-22T03:00:00.000Z'),
    resources: { 'cordon-jobs': 'jobs', 'cordon-cases': 'cases' },
  });
  seedExample(world);
  return world;
};
const ec2Of = (world: World, config = owner): EC2Client => {
  const client = new EC2Client(config);
  attach(client, 'ec2', world);
  return client;
};

describe('the simulated AWS', () => {
  test('answers the real SDK client in the account of its credentials and its region', async () => {
    const world = newWorld();
    const answer = await ec2Of(world).send(new DescribeInstancesCommand({}));
    const ids = answer.Reservations?.flatMap((each) => each.Instances ?? []).map(
      (each) => each.InstanceId,
    );
    expect(ids).toEqual(['i-0a1b2c3d4e5f60718', 'i-0f1e2d3c4b5a69788']);
    expect(answer.$metadata.httpStatusCode).toBe(200);
    const elsewhere = ec2Of(world, { ...owner, region: 'us-east-1' });
    expect(await elsewhere.send(new DescribeInstancesCommand({}))).toMatchObject({
      Reservations: [],
    });
  });

  test('answers copies', async () => {
    const world = newWorld();
    const input = { InstanceIds: ['i-0a1b2c3d4e5f60718'] };
    const answer = await ec2Of(world).send(new DescribeInstancesCommand(input));
    const [tag] = answer.Reservations?.[0]?.Instances?.[0]?.Tags ?? [];
    if (tag) tag.Value = 'edited';
    input.InstanceIds.push('edited');
    expect(JSON.stringify([world.state(), world.calls])).not.toContain('edited');
  });

  test('an operation it does not know fails loudly and says where to add it', async () => {
    const world = newWorld();
    await expect(ec2Of(world).send(new DescribeKeyPairsCommand({}))).rejects.toMatchObject({
      name: 'NotImplementedBySimulator',
      message: expect.stringContaining('src/local/world/ (ec2*.ts)'),
      $metadata: { httpStatusCode: 501 },
    });
    expect(world.calls).toMatchObject([
      { n: 1, operation: 'DescribeKeyPairs', error: 'NotImplementedBySimulator' },
    ]);
  });

  test('a filter it does not know fails loudly too', async () => {
    const client = ec2Of(newWorld());
    const command = new DescribeInstancesCommand({ Filters: [{ Name: 'tag:x', Values: ['y'] }] });
    await expect(client.send(command)).rejects.toThrow(/does not know the filter tag:x/);
  });
});

describe('around the simulated AWS', () => {
  test('services can be added, under the same rights', async () => {
    const world = newWorld();
    const bodies: string[] = [];
    world.register('sqs', {
      SendMessage: (input: { readonly MessageBody: string }) => {
        bodies.push(input.MessageBody);
        return { MessageId: 'm1' };
      },
    });
    const send = new SendMessageCommand({
      QueueUrl: 'http://127.0.0.1/1/cordon-jobs',
      MessageBody: 'hello',
    });
    const [web, ingest] = [as('FUNCTION-web'), as('FUNCTION-ingest')].map((config) => {
      const client = new SQSClient(config);
      attach(client, 'sqs', world);
      return client;
    });
    expect(await web?.send(send)).toMatchObject({ MessageId: 'm1' });
    await expect(ingest?.send(send)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(bodies).toEqual(['hello']);
    expect(world.calls.map(({ role, error }) => [role, error])).toEqual([
      ['cordon-web', undefined],
      ['cordon-ingest', 'AccessDenied'],
    ]);
  });

  test('a guarded client passes what is allowed on and logs only what is refused', async () => {
    const world = newWorld();
    const [allowed, refused] = ['FUNCTION-ingest', 'FUNCTION-web'].map((id) => {
      const client = new DynamoDBClient({
        ...as(id),
        endpoint: 'http://127.0.0.1:1',
        maxAttempts: 1,
      });
      guard(client, 'dynamodb', world);
      return DynamoDBDocumentClient.from(client);
    });
    const get = () => new GetCommand({ TableName: 'cordon-cases', Key: { pk: '1' } });
    await expect(allowed?.send(get())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(world.calls).toEqual([]);
    await expect(refused?.send(get())).rejects.toMatchObject({ name: 'AccessDeniedException' });
    expect(world.calls).toMatchObject([{ function: 'web', operation: 'GetItem' }]);
  });

  test('listeners hear of every call and every change of faults', async () => {
    const world = newWorld();
    let heard = 0;
    world.onChange(() => {
      heard += 1;
    });
    await ec2Of(world).send(new DescribeInstancesCommand({}));
    world.faults.add({ kind: 'error' });
    world.faults.clear();
    expect(heard).toBe(3);
  });
});

test('the documented coverage is what the handlers answer', () => {
  expect(readFileSync('docs/simulated-aws.md', 'utf8')).toBe(coverageTable(newWorld()));
});

describe('faults', () => {
  const describeAll = (world: World) => ec2Of(world).send(new DescribeInstancesCommand({}));

  test.each([
    ['error', 'InternalError'],
    ['throttle', 'RequestLimitExceeded'],
    ['deny', 'UnauthorizedOperation'],
    ['timeout', 'TimeoutError'],
  ] as const)('%s is answered as %s, as often as asked, and logged', async (kind, name) => {
    const world = newWorld();
    world.faults.add({ service: 'ec2', operation: 'DescribeInstances', kind, count: 2 });
    await expect(describeAll(world)).rejects.toMatchObject({ name });
    expect(world.faults.list()).toMatchObject([{ kind, count: 1 }]);
    await expect(describeAll(world)).rejects.toMatchObject({ name });
    await expect(describeAll(world)).resolves.toBeDefined();
    expect(world.faults.list()).toEqual([]);
    expect(world.calls.map(({ error }) => error)).toEqual([name, name, undefined]);
  });

  test('a delay lets the call go on, and lasts until it is cleared', async () => {
    const world = newWorld();
    world.faults.add({ service: '*', kind: 'delay', delayMs: 1 });
    await describeAll(world);
    await describeAll(world);
    expect(world.faults.list().length).toBe(1);
    world.faults.clear();
    expect(world.faults.list()).toEqual([]);
  });

  test('other operations are not struck', async () => {
    const world = newWorld();
    world.faults.add({ operation: 'DescribeKeyPairs', kind: 'error' });
    await expect(describeAll(world)).resolves.toBeDefined();
  });
});
