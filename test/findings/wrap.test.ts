import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { at } from '../../src/findings/read.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { readEvent } from '../fixtures/events/read-event.ts';

const asff = { AwsAccountId: '123456789012', ProductArn: 'arn:p', Id: 'f', Types: ['TTPs/X'] };
const ocsf = { class_uid: 2004, metadata: { uid: 'u' }, finding_info: { types: ['Threats'] } };
const record = { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', eventVersion: '1.08' };

describe('bare findings get the envelope of their service', () => {
  it.each([
    ['GuardDuty', { type: 'T', id: 'f', service: {} }, 'guardduty', undefined],
    ['a GuardDuty API answer', { Type: 'T', Id: 'f', Service: {} }, 'guardduty', undefined],
    ['ASFF', asff, 'securityhub-asff', 'TTPs/X'],
    ['OCSF', ocsf, 'securityhub-ocsf', "2004 ['Threats']"],
    [
      'Access Analyzer',
      { resourceOwnerAccount: '1', resourceType: 'AWS::IAM::Role', status: 'ACTIVE' },
      'accessanalyzer',
      'AWS::IAM::Role',
    ],
    [
      'Inspector',
      { findingArn: 'arn', awsAccountId: '1', type: 'PACKAGE_VULNERABILITY' },
      'inspector2',
      'PACKAGE_VULNERABILITY',
    ],
    [
      'Macie',
      { type: 'Policy:X', category: 'POLICY', id: 'f', resourcesAffected: {} },
      'macie',
      'Policy:X',
    ],
    ['Config', { configRuleName: 'no-open-ssh', invokingEvent: '{}' }, 'config', 'no-open-ssh'],
    ['a Health API answer', { event: { eventTypeCode: 'AWS_X' } }, 'health', 'AWS_X'],
    [
      'a put-events entry',
      { Source: 'my.mock', DetailType: 'AWS Health Event', Detail: '{"eventTypeCode":"AWS_Y"}' },
      'health',
      'AWS_Y',
    ],
    ['a CloudTrail record', record, 'cloudtrail', 'iam.amazonaws.com:CreateUser'],
    [
      'a CloudTrail record in OCSF',
      { class_uid: 3001, metadata: { product: { name: 'CloudTrail' } } },
      'cloudtrail',
      undefined,
    ],
  ])('%s', (_, bare, source, type) => {
    const found = parse(wrap(bare));
    expect(found.source).toBe(source);
    if (type !== undefined) expect(found.type).toBe(type);
  });

  it('makes of a bare finding what its event would be', () => {
    const event = readEvent('guardduty-ec2-c2');
    const { eventId: _, ...bare } = parse(wrap(at(event, 'detail')));
    expect(parse(event)).toMatchObject(bare);
  });

  it.each([
    ['AwsConsoleSignIn', 'AWS Console Sign In via CloudTrail'],
    ['AwsServiceEvent', 'AWS Service Event via CloudTrail'],
    ['AwsApiCall', 'AWS API Call via CloudTrail'],
    ['constructor', 'AWS API Call via CloudTrail'],
  ])('gives a CloudTrail %s the detail-type %s', (eventType, expected) => {
    expect(wrap({ ...record, eventType })).toMatchObject({
      'detail-type': expected,
      source: 'aws.iam',
    });
  });

  it('gives the same content the same id, in any order of keys', () => {
    const one = wrap({ type: 'T', id: 'f', service: { count: 1, archived: false } });
    const same = wrap({ service: { archived: false, count: 1 }, id: 'f', type: 'T' });
    const other = wrap({ type: 'T', id: 'f', service: { count: 2, archived: false } });
    expect(at(same, 'id')).toBe(at(one, 'id'));
    expect(at(other, 'id')).not.toBe(at(one, 'id'));
  });
});

describe('events with an envelope', () => {
  it('pass through as they are', () => {
    const event = readEvent('guardduty-ec2-c2');
    expect(wrap(event)).toEqual(event);
  });

  it('get the camelCase that patterns name, when somebody put an API answer in one', () => {
    const detail = { Type: 'T', Severity: 5, Service: { Count: 1 } };
    expect(
      wrap({ 'detail-type': 'GuardDuty Finding', id: 'e', source: 's', detail }),
    ).toMatchObject({ detail: { type: 'T', severity: 5, service: { Count: 1 } } });
  });

  it('get the source and id they lack', () => {
    const event = { 'detail-type': 'GuardDuty Finding', region: 'us-east-1', detail: { id: 'f' } };
    expect(wrap(event)).toEqual({
      ...event,
      source: 'aws.guardduty',
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('what has no known shape', () => {
  it.each([null, 1, 'x', [], {}, { detail: { Type: 'T' } }, { class_uid: 4001 }])(
    'comes back unchanged: %j',
    (json) => {
      expect(wrap(json)).toEqual(json);
    },
  );
});
