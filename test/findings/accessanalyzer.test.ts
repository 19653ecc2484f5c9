import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { wrap } from '../../src/findings/wrap.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { about, eventOf, findingOf, says } from './finding-of.ts';

describe('Access Analyzer', () => {
  it.each([
    ['public', 'HIGH', 'public access', 'S3 bucket example-invoices can be reached by everybody'],
    ['external', 'MEDIUM', 'external access', 'IAM role deployer is shared outside: 999999999999'],
    [
      'internal',
      'LOW',
      'internal access',
      'S3 bucket example-critical can be reached from inside the organisation',
    ],
    ['unused', 'LOW', 'unused access', 'IAM role old-job has permissions that it does not use'],
    [
      'error',
      'LOW',
      'analysis failed',
      'S3 bucket example-locked could not be analysed (ACCESS_DENIED)',
    ],
  ])('rates %s as %s, for %s', (name, severity, nativeSeverity, title) => {
    expect(findingOf(readEvent(`access-analyzer-${name}`))).toMatchObject({
      source: 'accessanalyzer',
      severity,
      nativeSeverity,
      title,
      account: '123456789012',
      region: 'eu-west-1',
      archived: false,
    });
  });

  it('tells who may do what, and on which condition', () => {
    const found = findingOf(readEvent('access-analyzer-external'));
    expect(found.type).toBe('AWS::IAM::Role');
    expect(about(found)).toEqual(['role deployer']);
    expect(found.actors).toEqual([{ principal: '999999999999' }]);
    expect(says(found)).toEqual([
      'Who: 999999999999',
      'Allowed: sts:AssumeRole',
      'On condition: aws:SourceIp = 192.0.2.0/24',
    ]);
  });

  it('counts what is unused', () => {
    expect(says(findingOf(readEvent('access-analyzer-unused')))).toEqual([
      'Unused: 4 services 1 actions',
    ]);
  });
});

describe('a finding of Access Analyzer', () => {
  const detail = {
    id: 'f',
    resourceType: 'AWS::SQS::Queue',
    resource: 'arn:aws:sqs:eu-west-3:111122223333:q',
  };

  it.each([
    [{ status: 'ACTIVE' }, false],
    [{ status: 'RESOLVED' }, true],
    [{ status: 'ARCHIVED' }, true],
    [{ status: 'ACTIVE', isDeleted: true }, true],
  ])('with %j is archived: %s', (state, archived) => {
    const found = findingOf(eventOf('Access Analyzer Finding', { ...detail, ...state }));
    expect(found.archived).toBe(archived);
  });

  it('takes account and Region from the resource when the detail has none', () => {
    const found = findingOf(eventOf('Access Analyzer Finding', detail));
    expect([found.account, found.region]).toEqual(['111122223333', 'eu-west-3']);
  });

  it('reads the second version of the API, bare', () => {
    const found = findingOf(
      wrap({
        ...detail,
        analyzedAt: '2026-11-22T08:10:00Z',
        findingType: 'ExternalAccess',
        findingDetails: [{ externalAccessDetails: { isPublic: true, principal: { AWS: ['*'] } } }],
      }),
    );
    expect(found).toMatchObject({ severity: 'HIGH', actors: [{ principal: '*' }] });
  });

  it.each([
    ['UnusedIAMRole', 'is not used'],
    ['UnusedIAMUserPassword', 'has a password that is not used'],
    ['UnusedTomorrow', 'has access that is not used'],
  ])('says what is unused by %s', (findingType, expected) => {
    const found = findingOf(
      eventOf('Unused Access Finding for IAM entities', { ...detail, findingType }),
    );
    expect(found.title).toContain(expected);
  });

  it('ignores previews of access that nobody has yet', () => {
    expect(parse(readEvent('access-analyzer-preview'))).toMatchObject({
      kind: 'ignored',
      because: expect.stringContaining('preview'),
    });
  });
});
