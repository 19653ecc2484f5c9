/** Every way in which one finding arrives more than once has one canonical id. */
import { describe, expect, it } from 'vitest';
import { configId } from '../../src/findings/canonical.ts';
import { isObject } from '../../src/findings/read.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { findingOf } from './finding-of.ts';

const idOf = (event: unknown): string => findingOf(event).canonicalId;

/** The same detail in the envelope that the administrator, or the home Region, delivers. */
const deliveredBy = (event: unknown, envelope: object): unknown => ({
  ...(isObject(event) ? event : {}),
  id: 'another-delivery',
  ...envelope,
});

const direct = [
  'guardduty-ec2-c2',
  'securityhub-control',
  'securityhub-ocsf-control',
  'access-analyzer-public',
  'inspector2-instance',
  'macie-sensitive-data',
  'config-non-compliant',
  'health-credentials-exposed',
  'cloudtrail-stop-logging',
] as const;

describe.each(direct)('%s is one finding', (name) => {
  const event = readEvent(name);

  it.each([
    ['twice', {}],
    ['from the administrator as well', { account: '210987654321' }],
    ['from the home Region as well', { region: 'ap-southeast-2' }],
  ])('when it comes %s, of the same account and Region', (_, envelope) => {
    const copy = findingOf(deliveredBy(event, envelope));
    expect(copy.canonicalId).toBe(idOf(event));
    expect(copy.account).toBe('123456789012');
    expect(copy.region).toBe(findingOf(event).region);
    expect(copy.fingerprint).toBe(findingOf(event).fingerprint);
  });
});

describe('Security Hub relays', () => {
  it.each([
    ['guardduty-ec2-c2', 'securityhub-guardduty'],
    ['guardduty-ec2-c2', 'guardduty-ec2-c2-repeat'],
    ['guardduty-ec2-c2', 'securityhub-ocsf-guardduty'],
    ['securityhub-control', 'securityhub-ocsf-control'],
    ['access-analyzer-public', 'securityhub-access-analyzer'],
    ['inspector2-instance', 'securityhub-inspector2'],
    ['macie-sensitive-data', 'securityhub-macie'],
    ['config-non-compliant', 'securityhub-config'],
    ['config-non-compliant', 'config-compliant-again'],
  ])('%s as %s', (own, relayed) => {
    const [one, copy] = [findingOf(readEvent(own)), findingOf(readEvent(relayed))];
    expect(copy.canonicalId).toBe(one.canonicalId);
    expect([copy.account, copy.region]).toEqual([one.account, one.region]);
  });
});

describe('Config names one resource', () => {
  it.each([
    ['f', 'arn:aws:lambda:eu-west-1:123456789012:function:f', true],
    ['i-0abc', 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0abc', true],
    ['example', 'arn:aws:s3:::example', true],
    ['https://sqs.eu-west-1.amazonaws.com/1/q', 'arn:aws:sqs:eu-west-1:123456789012:q', true],
    [
      'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1',
      'arn:aws:ecs:eu-west-1:123456789012:task-definition/payments:1',
      false,
    ],
  ])('%s and %s: %s', (one, two, same) => {
    expect(configId('rule', one) === configId('rule', two)).toBe(same);
  });
});

const relay = (productArn: string, id: string, more: object = {}): unknown => ({
  'detail-type': 'Security Hub Findings - Imported',
  detail: {
    findings: [{ Id: id, ProductArn: productArn, AwsAccountId: '123456789012', ...more }],
  },
});

const aws = (product: string, partition = 'aws'): string =>
  `arn:${partition}:securityhub:eu-west-1::product/aws/${product}`;

describe('ids in Security Hub', () => {
  const health = 'arn:aws:health:us-east-1::event/RISK/X/X_1';
  const uuid = 'b8ff0460-5d29-4922-b92c-ba956c986277';

  it.each([
    [aws('health'), health, {}, 'health:123456789012:RISK/X/X_1'],
    [aws('macie'), 'arn:aws:macie2:eu-west-1:1:finding/abc', {}, 'macie:123456789012:abc'],
    [aws('access-analyzer'), `arn:a/${uuid}`, {}, `access-analyzer:${uuid}`],
    [
      aws('access-analyzer'),
      'arn:a/arn:aws:iam::1:role/x/UnusedIAMRole',
      { ProductFields: { findingId: 'f-1' } },
      'access-analyzer:f-1',
    ],
    [aws('inspector', 'aws-cn'), 'arn:aws-cn:inspector2:x', {}, 'arn:aws-cn:inspector2:x'],
    [aws('securityhub', 'aws-us-gov'), 'odd', {}, 'securityhub:123456789012:odd'],
  ])('of %s, %s', (product, id, more, expected) => {
    expect(idOf(relay(product, id, more))).toBe(expected);
  });

  it('that somebody else imports never pass for a finding of AWS', () => {
    const arn = idOf(readEvent('guardduty-ec2-c2'));
    const own = 'arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default';
    const partner = 'arn:aws:securityhub:eu-west-1::product/partner/aws/guardduty';
    expect(idOf(relay(aws('guardduty'), arn))).toBe(arn);
    expect(idOf(relay(own, arn))).toBe(`securityhub:123456789012:123456789012/default:${arn}`);
    expect(idOf(relay(partner, arn))).toBe(`securityhub:123456789012:partner/aws/guardduty:${arn}`);
  });

  it('are read out of Security Hub’s own id when there is none, and else are the delivery’s', () => {
    const fields = { 'aws/securityhub/FindingId': `${aws('inspector')}/arn:aws:inspector2:x` };
    const without = { Id: undefined };
    expect(idOf(relay(aws('inspector'), '', { ...without, ProductFields: fields }))).toBe(
      'arn:aws:inspector2:x',
    );
    const unnamed = relay(aws('inspector'), '', without);
    expect(idOf(unnamed)).toBe(idOf(unnamed));
    expect(idOf(unnamed)).not.toBe(idOf(relay(aws('inspector'), '', { Title: 'other' })));
  });
});
