import { describe, expect, it } from 'vitest';
import { readEvent } from '../fixtures/events/read-event.ts';
import { about, eventOf, findingOf, says } from './finding-of.ts';

describe('Macie', () => {
  it('tells what was found, where, and whether the bucket is public', () => {
    const found = findingOf(readEvent('macie-sensitive-data'));
    expect(found).toMatchObject({
      type: 'SensitiveData:S3Object/Credentials',
      severity: 'HIGH',
      nativeSeverity: 'High',
    });
    expect(about(found)).toEqual(['bucket example-invoices']);
    expect(says(found)).toEqual([
      'Found: 2 × AWS_CREDENTIALS, 5 × badge',
      'In object: exports/users.csv',
      'Public access: NOT_PUBLIC',
    ]);
  });

  it('names who opened the bucket, with the key and the session', () => {
    const found = findingOf(readEvent('macie-policy'));
    expect(about(found)).toEqual([
      'bucket example-invoices',
      'access-key ASIAIOSFODNN7EXAMPLE',
      'role-session deployer/ops',
    ]);
    expect(found.actors).toEqual([
      {
        ip: '192.0.2.71',
        country: 'Netherlands',
        organisation: 'Example Transit',
        principal: 'deployer',
      },
    ]);
  });

  it.each([
    [{ description: 'Low', score: 1 }, 'LOW'],
    [{ description: 'Medium', score: 2 }, 'MEDIUM'],
    [{ score: 3 }, 'HIGH'],
    [{ score: 99 }, 'MEDIUM'],
    [undefined, 'MEDIUM'],
  ])('rates %j as %s', (severity, expected) => {
    const detail = { type: 'Policy:IAMUser/S3BucketPublic', id: 'f', severity };
    expect(findingOf(eventOf('Macie Finding', detail)).severity).toBe(expected);
  });

  it.each([
    [{ sample: true }, { sample: true }],
    [{ archived: true }, { archived: true }],
    [{ count: 12 }, { count: 12 }],
  ])('keeps %j', (fields, expected) => {
    const detail = { type: 'T', id: 'f', ...fields };
    expect(findingOf(eventOf('Macie Finding', detail))).toMatchObject(expected);
  });
});
