/** One convention for what everything is called and tagged, and what a destroyed stack leaves. */
import { describe, expect, test } from 'vitest';
import { configWith, type StackName, synthesised } from './templates.ts';

const stacks = synthesised(configWith({ organization: 'o-exampleorg1', customerKey: true }));
const names: readonly StackName[] = [
  'cordon',
  'cordon-forward',
  'cordon-forward-member',
  'cordon-baseline',
];

/** CloudFormation tags none of these, or not in every Region: whole types, each looked up. */
const untagged =
  /^AWS::(ApiGatewayV2::(Integration|Route)|CloudWatch::Dashboard|Events::(Archive|EventBusPolicy)|KMS::Alias|Lambda::(Permission|Url)|S3::BucketPolicy|SNS::(Subscription|TopicPolicy)|SQS::QueuePolicy|Scheduler::Schedule|SecurityHub::(FindingAggregator|OrganizationConfiguration|PolicyAssociation))$|^Custom::/;

/** A name of CloudFormation's for the only one that there is. */
const nameless = /^AWS::ApiGatewayV2::Stage$/;

const tags = [
  { Key: 'app', Value: 'cordon' },
  { Key: 'purpose', Value: 'security-response' },
];

/** As a list or as a map, as the type has it. */
const asPairs = (value: unknown): unknown =>
  Array.isArray(value) || value === undefined
    ? value
    : Object.entries(value as object).map(([Key, Value]) => ({ Key, Value }));

describe.each(names)('the stack %s', (stack) => {
  const resources = Object.entries(stacks[stack].Resources);

  test('calls whatever has a name cordon-…, also under the path of its kind', () => {
    const called = resources.flatMap(([, { Type, Properties = {} }]) => {
      if (nameless.test(Type)) return [];
      const name = Properties[`${Type.split('::')[2]}Name`] ?? Properties['Name'];
      return name === undefined ? [] : String(name);
    });
    expect(called.length).toBeGreaterThan(2);
    expect(called.filter((name) => !/^(\/aws\/[\w/]+\/|alias\/)?cordon-/.test(name))).toEqual([]);
  });

  test('tags whatever takes tags', () => {
    for (const [id, { Type, Properties = {} }] of resources)
      if (!untagged.test(Type))
        expect([id, asPairs(Properties['Tags'])]).toEqual([id, expect.arrayContaining(tags)]);
  });
});

test('destroyed, they leave tables, evidence, the trail, the key that they are read with, and GuardDuty on', () => {
  const kept = names.flatMap((stack) =>
    Object.values(stacks[stack].Resources).flatMap(({ Type, Properties, DeletionPolicy }) =>
      DeletionPolicy === undefined || DeletionPolicy === 'Delete'
        ? []
        : `${DeletionPolicy} ${Type.slice(5)} ${Properties['TableName'] ?? Properties['BucketName'] ?? ''}`,
    ),
  );
  expect(kept.toSorted()).toEqual([
    'Retain DynamoDB::Table cordon-cases',
    'Retain DynamoDB::Table cordon-passkeys',
    'Retain DynamoDB::Table cordon-requests',
    'Retain GuardDuty::Detector ',
    'Retain KMS::Key ',
    'Retain S3::Bucket cordon-evidence-999988887777-eu-west-1',
    'Retain S3::Bucket cordon-trail-<AccountId>-<Region>',
  ]);
});
