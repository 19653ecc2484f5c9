import { expect, test } from 'vitest';
import { problemsOf } from './validate.ts';

const DetectorId = '12abc34d567e8fa901bc2d34e56789f0';

const mistakes = [
  ['ec2', 'CreateSecurityGroup', { GroupName: 'x' }, /Missing .* in input: "Description"/],
  ['guardduty', 'ArchiveFindings', { DetectorId, FindingIds: [], findingIds: [] }, /Unknown/],
  [
    'guardduty',
    'ArchiveFindings',
    { DetectorId, FindingIds: new Array(51).fill('1') },
    /FindingIds: 51 is more than 50/,
  ],
  ['ec2', 'DescribeInstances', { InstanceIds: 'i-0' }, /Invalid type for parameter InstanceIds/],
  [
    'securityhub',
    'BatchUpdateFindings',
    { FindingIdentifiers: [], Workflow: { Status: 'GONE' } },
    /Status: 'GONE' is none of/,
  ],
  [
    'sts',
    'AssumeRole',
    { RoleArn: 'arn:aws:iam::123456789012:role/cordon-read', RoleSessionName: 'a b' },
    /RoleSessionName: 'a b' does not match/,
  ],
] as const;

test('the validator finds each deliberate mistake, and nothing else', () => {
  const requests = mistakes.map(([service, operation, input]) => ({ service, operation, input }));
  expect(problemsOf(requests)).toEqual(
    mistakes.map(([, , , problem]) => expect.stringMatching(problem)),
  );
});
