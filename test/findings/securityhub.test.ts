import { describe, expect, it } from 'vitest';
import { parse } from '../../src/findings/parse.ts';
import { readEvent } from '../fixtures/events/read-event.ts';
import { about, eventOf, findingOf, says } from './finding-of.ts';

const asff = (finding: object): unknown =>
  eventOf('Security Hub Findings - Imported', { findings: [finding] });
const ocsf = (finding: object): unknown => eventOf('Findings Imported V2', { findings: [finding] });

describe('a finding of GuardDuty that Security Hub relays', () => {
  const relayed = findingOf(readEvent('securityhub-guardduty'));

  it('keeps what GuardDuty saw', () => {
    expect(relayed).toMatchObject({
      source: 'securityhub-asff',
      type: 'GuardDuty: TTPs/Command and Control/Backdoor:EC2-C&CActivity.B',
      severity: 'HIGH',
      nativeSeverity: 'HIGH',
      count: 3,
      actors: [{ ip: '192.0.2.44', country: 'Netherlands' }],
    });
    expect(says(relayed)).toEqual(['Connected to: 192.0.2.44 (Netherlands)', 'Port: 443 TCP']);
  });

  it('is about the instance, and archived where it is kept: in GuardDuty', () => {
    expect(relayed.resources[0]).toMatchObject({ kind: 'instance', name: 'checkout-api' });
    expect(relayed.resources.at(-1)).toMatchObject({
      kind: 'finding',
      keptBy: 'guardduty',
      keeper: '12abc34d567e8fa901bc2d34e56789f0',
      key: '16afba5c5c43e07c9e3e5e2e544e95df',
    });
  });

  it('in OCSF tells the same', () => {
    const v2 = findingOf(readEvent('securityhub-ocsf-guardduty'));
    expect(v2.type).toBe(
      "2004 Detection Finding [GuardDuty] ['Threats', 'Backdoor:EC2/C&CActivity.B']",
    );
    expect(v2).toMatchObject({ severity: 'HIGH', count: 3, updatedAt: relayed.updatedAt });
    expect(v2.actors[0]).toMatchObject({ ip: '192.0.2.44', organisation: 'Example Hosting' });
    expect(about(v2)).toEqual(about(relayed));
  });

  it('as a sample is known for one, with the key and who used it', () => {
    const sample = findingOf(readEvent('securityhub-access-key-sample'));
    expect(sample).toMatchObject({ sample: true, severity: 'MEDIUM', nativeSeverity: '50' });
    expect(sample.actors[0]).toMatchObject({ ip: '198.51.100.7', organisation: 'Example Net' });
    expect(sample.resources[0]).toMatchObject({
      kind: 'access-key',
      id: 'AKIAIOSFODNN7EXAMPLE',
      user: 'ci-deploy',
      userType: 'IAMUser',
      temporary: false,
    });
  });
});

describe('a control', () => {
  it('has its id in type and facts, and is kept by Security Hub', () => {
    const control = findingOf(readEvent('securityhub-control'));
    expect(control.type).toMatch(/^Security Hub: S3\.8 Software and Configuration Checks\//);
    expect(says(control)).toEqual(['Control: S3.8 (FAILED)']);
    expect(about(control)[0]).toBe('bucket example-invoices');
    expect(control.resources.at(-1)).toMatchObject({
      keptBy: 'securityhub',
      keeper: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub',
    });
  });

  it.each([
    [
      'its own id',
      { Compliance: { SecurityControlId: 'S3.8' }, ProductFields: { ControlId: 'x' } },
    ],
    ['its standard’s', { ProductFields: { ControlId: 'S3.8' } }],
    ['an old rule’s', { ProductFields: { RuleId: 'S3.8' } }],
  ])('is named by %s', (_, fields) => {
    const found = findingOf(asff({ Types: ['T'], ProductName: 'Security Hub', ...fields }));
    expect(found.type).toBe('Security Hub: S3.8 T');
  });

  it.each([
    [{ Compliance: { Status: 'PASSED' } }, true],
    [{ RecordState: 'ARCHIVED' }, true],
    [{ Workflow: { Status: 'SUPPRESSED' } }, true],
    [{ Workflow: { Status: 'RESOLVED' } }, true],
    [{ WorkflowState: 'RESOLVED' }, true],
    [{ Workflow: { Status: 'NOTIFIED' }, RecordState: 'ACTIVE' }, false],
    [{ Compliance: { Status: 'FAILED' } }, false],
  ])('with %j is archived: %s', (fields, archived) => {
    expect(findingOf(asff(fields)).archived).toBe(archived);
  });

  it('is worth an edit when somebody sets its workflow, though the time of update stays', () => {
    const [before, after] = ['NEW', 'NOTIFIED'].map((Status) => ({ Workflow: { Status } }));
    expect(findingOf(asff(after ?? {})).fingerprint).not.toBe(
      findingOf(asff(before ?? {})).fingerprint,
    );
  });
});

describe('whose the resource is', () => {
  it.each([
    ['is told by Access Analyzer', 'eu-west-1::product/aws/access-analyzer', '999999999999'],
    ['is not told by another product', 'eu-west-1::product/aws/guardduty', '123456789012'],
    [
      'is not told by who imports findings',
      'eu-west-1:123456789012:product/123456789012/default',
      '123456789012',
    ],
    [
      'is not told by a product with that name',
      'eu-west-1::product/partner/aws/access-analyzer',
      '123456789012',
    ],
  ])('%s', (_, product, account) => {
    const found = findingOf(
      asff({
        ProductArn: `arn:aws:securityhub:${product}`,
        AwsAccountId: '123456789012',
        ProductFields: { ResourceOwnerAccount: '999999999999' },
      }),
    );
    expect(found.account).toBe(account);
  });
});

describe('the severity', () => {
  it.each([
    [{ Label: 'CRITICAL', Normalized: 1 }, 'CRITICAL'],
    [{ Label: 'INFORMATIONAL' }, 'INFORMATIONAL'],
    [{ Normalized: 0 }, 'INFORMATIONAL'],
    [{ Normalized: 1 }, 'LOW'],
    [{ Normalized: 39 }, 'LOW'],
    [{ Normalized: 40 }, 'MEDIUM'],
    [{ Normalized: 69 }, 'MEDIUM'],
    [{ Normalized: 70 }, 'HIGH'],
    [{ Normalized: 90 }, 'CRITICAL'],
    [{}, 'MEDIUM'],
    [{ Label: 'SEVERE' }, 'MEDIUM'],
  ])('of ASFF %j is %s', (Severity, expected) => {
    expect(findingOf(asff({ Severity })).severity).toBe(expected);
  });

  it('is its provider’s when Security Hub has none', () => {
    const FindingProviderFields = { Severity: { Label: 'LOW' }, Types: ['T'] };
    expect(findingOf(asff({ FindingProviderFields }))).toMatchObject({
      severity: 'LOW',
      type: 'T',
    });
  });

  it.each([
    [{ severity_id: 1 }, 'INFORMATIONAL'],
    [{ severity_id: 2 }, 'LOW'],
    [{ severity_id: 3 }, 'MEDIUM'],
    [{ severity_id: 4 }, 'HIGH'],
    [{ severity_id: 5 }, 'CRITICAL'],
    [{ severity_id: 6, severity: 'Fatal' }, 'CRITICAL'],
    [{ severity_id: 99, severity: 'High' }, 'HIGH'],
    [{ severity_id: 0, severity: 'Unknown', vendor_attributes: { severity_id: 4 } }, 'HIGH'],
    [{ severity_id: 0 }, 'MEDIUM'],
    [{ severity: 'Informational' }, 'INFORMATIONAL'],
    [{}, 'MEDIUM'],
  ])('of OCSF %j is %s', (fields, expected) => {
    expect(findingOf(ocsf(fields)).severity).toBe(expected);
  });
});

describe('OCSF of other versions and vendors', () => {
  it('1.0.0-rc.2 is read, and over when it says so', () => {
    const old = findingOf(readEvent('securityhub-ocsf-rc2'));
    expect(old).toMatchObject({
      account: '123456789012',
      title: 'EC2.19 passed',
      archived: true,
      firstSeen: '2026-11-22T08:50:00.000Z',
    });
    expect(about(old)[0]).toBe('security-group sg-0a1b2c3d4e5f60718');
  });

  it('one resource, and details in a string, as Security Lake stores them', () => {
    const data = '{"AwsIamAccessKey":{"PrincipalName":"Admin","PrincipalType":"AssumedRole"}}';
    const resource = { type: 'AwsIamAccessKey', uid: 'AWS::IAM::AccessKey:ASIAEXAMPLE1234', data };
    expect(findingOf(ocsf({ resource })).resources[0]).toMatchObject({
      kind: 'access-key',
      temporary: true,
      user: 'Admin',
    });
  });

  it('seconds since 1970, and another account’s resource', () => {
    const owner = { account: { uid: '111122223333' } };
    const found = findingOf(
      ocsf({
        finding_info: { modified_time: 1_795_337_742 },
        resources: [{ uid: 'i-0a1b2c3d', owner, region: 'eu-north-1' }],
      }),
    );
    expect(found.updatedAt).toBe('2026-11-22T08:55:42.000Z');
    expect(found.resources[0]).toMatchObject({ account: '111122223333', region: 'eu-north-1' });
  });

  it.each([
    [{ activity_name: 'Close' }, true],
    [{ status: 'Suppressed', status_id: 3 }, true],
    [{ status_id: 4 }, true],
    [{ compliance: { status: 'Pass' } }, true],
    [{ status: 'New', status_id: 1, compliance: { status: 'Fail' } }, false],
    [{ status: 'In Progress' }, false],
  ])('with %j is archived: %s', (fields, archived) => {
    expect(findingOf(ocsf(fields)).archived).toBe(archived);
  });
});

describe('what people send from the console', () => {
  it('a custom action is a finding, and says how many came with it', () => {
    const sent = findingOf(readEvent('securityhub-custom-action'));
    expect(sent).toMatchObject({ type: 'Default: Software and Configuration Checks/Own' });
    expect(says(sent)).toEqual(['Sent by hand: Send to Cordon (the first of 2 findings)']);
    expect(about(sent)[0]).toBe('user ops');
  });

  it('the counts of an insight are ignored', () => {
    expect(parse(readEvent('securityhub-insight-results'))).toMatchObject({
      kind: 'ignored',
      type: 'Security Hub Insight Results',
      because: expect.stringContaining('not a finding'),
    });
  });

  it.each(['Security Hub Findings - Imported', 'Findings Imported V2', 'Security Hub Findings'])(
    '%s without a finding is ignored',
    (detailType) => {
      expect(parse(eventOf(detailType, { findings: [] }))).toMatchObject({ kind: 'ignored' });
    },
  );
});

describe('a relayed vulnerability and a shared bucket', () => {
  it('name the package with its fix', () => {
    expect(says(findingOf(readEvent('securityhub-inspector2')))).toEqual([
      'Vulnerability: CVE-2026-0001 openssl 3.0.1 → 3.0.2',
    ]);
  });

  it('name who it is shared with, in the account of the resource', () => {
    const shared = findingOf(readEvent('securityhub-access-analyzer'));
    expect(shared.account).toBe('123456789012');
    expect(says(shared)).toEqual(['Shared with: *', 'Allowed: s3:GetObject']);
  });
});
