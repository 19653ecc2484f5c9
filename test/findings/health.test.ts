import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { isObject } from '../../src/findings/read.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { about, eventOf, findingOf } from './finding-of.ts';

const exposed = readEvent('health-credentials-exposed');

const changed = (fields: object): unknown => {
  if (!isObject(exposed) || !isObject(exposed['detail'])) throw new Error('no event');
  return { ...exposed, detail: { ...exposed['detail'], ...fields } };
};

describe('Health', () => {
  it('finds an exposed key, in the account that it belongs to', () => {
    const found = findingOf(exposed);
    expect(found).toMatchObject({
      source: 'health',
      type: 'AWS_RISK_CREDENTIALS_EXPOSED',
      severity: 'CRITICAL',
      nativeSeverity: 'issue',
      account: '123456789012',
      region: 'us-east-1',
      firstSeen: '2026-11-22T08:30:00.000Z',
      updatedAt: '2026-11-22T08:55:00.000Z',
    });
    expect(about(found)).toEqual(['access-key AKIAIOSFODNN7EXAMPLE']);
  });

  it('takes the copy of the backup Region for the same finding: it may be the only one', () => {
    const copy = changed({ backupEvent: 'true' });
    const there = isObject(copy) ? { ...copy, id: 'another', region: 'us-west-2' } : copy;
    const { canonicalId, fingerprint, region } = findingOf(exposed);
    expect(findingOf(there)).toMatchObject({ canonicalId, fingerprint, region });
  });

  it('finds abuse, with what was used for it', () => {
    const found = findingOf(readEvent('health-abuse'));
    expect(found).toMatchObject({ severity: 'HIGH', region: 'eu-west-1' });
    expect(about(found)).toEqual(['instance i-0a1b2c3d4e5f60718']);
  });

  it.each([
    ['AWS_RISK_CREDENTIALS_COMPROMISED', 'CRITICAL'],
    ['AWS_RISK_TOMORROW', 'HIGH'],
    ['AWS_ABUSE_PORT_SCANNING_REPORT', 'HIGH'],
    ['AWS_SECURITY_NOTIFICATION', 'MEDIUM'],
  ])('rates %s as %s', (eventTypeCode, severity) => {
    expect(findingOf(changed({ eventTypeCode })).severity).toBe(severity);
  });

  it.each([
    ['further pages', changed({ page: '2', totalPages: '3' }), /Page 2/],
    ['maintenance', readEvent('health-maintenance'), /maintenance/],
    [
      'problems of a service',
      eventOf('AWS Health Event', { eventTypeCode: 'AWS_X', eventTypeCategory: 'issue' }),
      /problem of an AWS service/,
    ],
    [
      'notices',
      eventOf('AWS Health Event', {
        eventTypeCode: 'AWS_X',
        eventTypeCategory: 'accountNotification',
      }),
      /notice/,
    ],
  ])('ignores %s, with the type', (_, event, because) => {
    expect(parse(event)).toMatchObject({
      kind: 'ignored',
      because: expect.stringMatching(because),
      type: expect.stringMatching(/^AWS_/),
    });
  });

  it('reads an entry of put-events, and an abuse event of a code nobody knows', () => {
    const Detail = '{"eventTypeCode":"AWS_NEW","affectedEntities":[{"entityValue":"i-1234abcd"}]}';
    const found = findingOf(
      wrap({ Source: 'mock', DetailType: 'AWS Health Abuse Event', Detail, Time: 'x' }),
    );
    expect(found).toMatchObject({ type: 'AWS_NEW', severity: 'HIGH' });
    expect(about(found)).toEqual(['instance i-1234abcd']);
  });
});
