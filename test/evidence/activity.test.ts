/** What a principal did, out of CloudTrail's events: tables. */
import { describe, expect, test } from 'vitest';
import {
  activityOf,
  inOrder,
  isDenied,
  isDestructive,
  notable,
} from '../../src/evidence/activity.ts';
import { type TrailEvent, trailEvent } from '../../src/evidence/trail-event.ts';

/** `09:01 iam:CreateUser 192.0.2.1 AccessDenied` */
const event = (line: string): TrailEvent => {
  const [time = '', call = '', from = '', error] = line.split(' ');
  return {
    id: line,
    at: `2026-11-22T${time}:00.000Z`,
    call,
    region: call.startsWith('iam') ? 'us-east-1' : 'eu-west-1',
    from,
    userAgent: '',
    ...(error ? { error } : {}),
  };
};
const events = (...lines: readonly string[]): readonly TrailEvent[] => lines.map(event);

const incident = events(
  '09:05 ec2:TerminateInstances 192.0.2.1',
  '09:01 sts:GetCallerIdentity 192.0.2.1',
  '09:02 iam:CreateUser 192.0.2.1 AccessDenied',
  '09:03 iam:CreateUser 192.0.2.1 AccessDenied',
  '09:04 ecs:UpdateService 198.51.100.7',
);

describe('grouped', () => {
  test('first and last, Regions, addresses, denied and destructive calls, the most frequent first', () => {
    expect(activityOf(incident, undefined)).toEqual({
      calls: 5,
      first: '2026-11-22T09:01:00.000Z',
      last: '2026-11-22T09:05:00.000Z',
      regions: [
        { name: 'eu-west-1', times: 3 },
        { name: 'us-east-1', times: 2 },
      ],
      addresses: [
        { name: '192.0.2.1', times: 4 },
        { name: '198.51.100.7', times: 1 },
      ],
      names: [
        { name: 'iam:CreateUser', times: 2 },
        { name: 'ec2:TerminateInstances', times: 1 },
        { name: 'ecs:UpdateService', times: 1 },
        { name: 'sts:GetCallerIdentity', times: 1 },
      ],
      denied: [{ name: 'iam:CreateUser', times: 2 }],
      destructive: [{ name: 'ec2:TerminateInstances', times: 1 }],
    });
  });

  test.each<readonly [string, readonly TrailEvent[] | undefined, object | undefined]>([
    ['is not judged where what came before is not known', undefined, undefined],
    [
      'is everything where there was nothing before',
      [],
      {
        names: [
          'iam:CreateUser',
          'ec2:TerminateInstances',
          'ecs:UpdateService',
          'sts:GetCallerIdentity',
        ],
        addresses: ['192.0.2.1', '198.51.100.7'],
      },
    ],
    [
      'is what was not seen before, call by call and address by address',
      events('08:00 ecs:UpdateService 198.51.100.7', '08:00 sts:GetCallerIdentity 198.51.100.7'),
      { names: ['iam:CreateUser', 'ec2:TerminateInstances'], addresses: ['192.0.2.1'] },
    ],
  ])('what is new %s', (_, before, fresh) => {
    expect(activityOf(incident, before)?.fresh).toEqual(fresh);
  });

  test('is the same in whatever order and however often the look-ups answer an event', () => {
    const twice = [...incident.toReversed(), ...incident];
    expect(activityOf(twice, [])).toEqual(activityOf(incident, []));
    expect(inOrder(twice)).toHaveLength(5);
    expect(activityOf([], [])).toBeUndefined();
  });

  test('the timeline has the first call, the first of each destructive, denied and new one, and the last', () => {
    const activity = activityOf(incident, events('08:00 ecs:UpdateService 192.0.2.1'));
    expect(notable(incident, activity ?? {}).map(({ id }) => id)).toEqual([
      '09:01 sts:GetCallerIdentity 192.0.2.1',
      '09:02 iam:CreateUser 192.0.2.1 AccessDenied',
      '09:05 ec2:TerminateInstances 192.0.2.1',
    ]);
  });
});

test.each<readonly [call: string, destructive: boolean]>([
  ['ec2:TerminateInstances', true],
  ['s3:DeleteBucket', true],
  ['cloudtrail:StopLogging', true],
  ['cloudtrail:UpdateTrail', true],
  ['guardduty:DeleteDetector', true],
  ['guardduty:UpdateDetector', true],
  ['kms:ScheduleKeyDeletion', true],
  ['organizations:LeaveOrganization', true],
  ['s3:PutBucketLifecycleConfiguration', true],
  ['ec2:RevokeSecurityGroupIngress', false],
  ['iam:DetachUserPolicy', false],
  ['iam:CreateAccessKey', false],
  ['ec2:DescribeInstances', false],
  ['', false],
])('%s destroys, switches off or hides: %s', (call, destructive) => {
  expect(isDestructive(call)).toBe(destructive);
});

test.each<readonly [error: string, denied: boolean]>([
  ['AccessDenied', true],
  ['AccessDeniedException', true],
  ['Client.UnauthorizedOperation', true],
  ['UnauthorizedOperation', true],
  ['AuthFailure', true],
  ['NotAuthorizedException', true],
  ['ThrottlingException', false],
  ['NoSuchBucket', false],
])('the error %s is a denial: %s', (error, denied) => {
  expect(isDenied({ ...event('09:00 s3:ListBuckets 192.0.2.1'), error })).toBe(denied);
});

test.each<readonly [string, Parameters<typeof trailEvent>[0], TrailEvent | undefined]>([
  ['without an id is none', { EventTime: new Date(0) }, undefined],
  ['without a time is none', { EventId: 'e' }, undefined],
  [
    'whose record is no JSON has what the look-up says',
    {
      EventId: 'e',
      EventTime: new Date(0),
      EventName: 'ListBuckets',
      EventSource: 's3.amazonaws.com',
      CloudTrailEvent: '{',
    },
    {
      id: 'e',
      at: '1970-01-01T00:00:00.000Z',
      call: 's3:ListBuckets',
      region: 'eu-west-1',
      from: 'unknown',
      userAgent: '',
    },
  ],
  [
    'has Region, address and error from its record, whatever else is in it',
    {
      EventId: 'e',
      EventTime: new Date(0),
      EventName: 'CreateUser',
      EventSource: 'iam.amazonaws.com',
      CloudTrailEvent: JSON.stringify({
        awsRegion: 'us-east-1',
        sourceIPAddress: '192.0.2.1',
        userAgent: '<!channel>',
        errorCode: 'AccessDenied',
        more: [{}],
      }),
    },
    {
      id: 'e',
      at: '1970-01-01T00:00:00.000Z',
      call: 'iam:CreateUser',
      region: 'us-east-1',
      from: '192.0.2.1',
      userAgent: '<!channel>',
      error: 'AccessDenied',
    },
  ],
])('an event %s', (_, answered, read) => {
  expect(trailEvent(answered, 'eu-west-1')).toEqual(read);
});
