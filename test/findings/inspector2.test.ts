import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { about, eventOf, findingOf, says } from './finding-of.ts';

describe('Inspector', () => {
  it('reads a vulnerable server, with its times that are not ISO 8601', () => {
    const found = findingOf(readEvent('inspector2-instance'));
    expect(found).toMatchObject({
      source: 'inspector2',
      type: 'PACKAGE_VULNERABILITY',
      severity: 'HIGH',
      firstSeen: '2026-09-04T16:59:44.356Z',
      updatedAt: '2026-09-04T17:00:36.951Z',
    });
    expect(found.resources).toEqual([
      {
        kind: 'instance',
        id: 'i-0a1b2c3d4e5f60718',
        account: '123456789012',
        region: 'eu-west-1',
        name: 'checkout-api',
        tags: { Name: 'checkout-api' },
      },
    ]);
    expect(says(found)).toEqual([
      'Vulnerability: CVE-2026-0001 (an exploit is known)',
      'Packages: openssl 3.0.1 → 3.0.2, libssl 3.0.1',
      'Score: 8.8',
    ]);
  });

  it('names an image by repository and digest, and by its tag', () => {
    const [image] = findingOf(readEvent('inspector2-image')).resources;
    expect(image).toMatchObject({
      kind: 'image',
      id: expect.stringMatching(/^shop\/web\/sha256:[0-9a-f]{64}$/),
      name: 'shop/web:v7',
    });
  });

  it('reads code of a function, closed', () => {
    const found = findingOf(readEvent('inspector2-lambda'));
    expect(about(found)).toEqual(['function resize-images']);
    expect(found.archived).toBe(true);
    expect(says(found)).toEqual(['Weakness: CWE-798', 'In: src/app.py line 12']);
  });

  it('names the security groups through which a port is reached', () => {
    const found = findingOf(readEvent('inspector2-network'));
    expect(about(found)).toEqual([
      'instance i-0a1b2c3d4e5f60718',
      'security-group sg-0a1b2c3d4e5f60718',
    ]);
    expect(says(found)).toEqual(['Open port: 22 TCP']);
  });
});

describe('Inspector rates and ignores', () => {
  it.each([
    ['CRITICAL', 'CRITICAL'],
    ['INFORMATIONAL', 'INFORMATIONAL'],
    ['UNTRIAGED', 'LOW'],
    ['TOMORROW', 'MEDIUM'],
    ['', 'MEDIUM'],
  ])('rates %s as %s', (severity, expected) => {
    const detail = { type: 'PACKAGE_VULNERABILITY', severity };
    expect(findingOf(eventOf('Inspector2 Finding', detail)).severity).toBe(expected);
  });

  it.each([
    ['Inspector2 Scan', /scan/],
    ['Inspector2 Coverage', /Coverage/],
    ['Inspector2 AutoEnable', /enabled/],
    ['Inspector2 Tomorrow', /not a finding/],
    ['Inspector2 Finding', /without type/],
  ])('ignores %s without a finding', (detailType, because) => {
    expect(parse(eventOf(detailType, {}))).toMatchObject({
      kind: 'ignored',
      type: detailType,
      because: expect.stringMatching(because),
    });
  });
});
