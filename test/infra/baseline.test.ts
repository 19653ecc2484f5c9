/** The organisation baseline: what it switches on, for whom, and that each part can be left out. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { analyzers, guardDutyPlans, inspectorScans } from '../../src/posture/baseline.ts';
import { allOf, grantsIn, synthesised } from './templates.ts';

const stack = synthesised()['cordon-baseline'];
const only = (type: string) => {
  const [found, ...more] = allOf(stack, type);
  expect(more).toEqual([]);
  return found;
};

test('GuardDuty with every protection plan, Security Hub from the root, both analyzers, an organisation trail', () => {
  expect(only('GuardDuty::Detector')).toMatchObject({
    Enable: true,
    Features: guardDutyPlans.map((Name) => ({ Name, Status: 'ENABLED' })),
  });
  expect(only('SecurityHub::OrganizationConfiguration')).toMatchObject({
    ConfigurationType: 'CENTRAL',
  });
  expect(only('SecurityHub::ConfigurationPolicy')).toMatchObject({
    ConfigurationPolicy: { SecurityHub: { ServiceEnabled: true } },
  });
  expect(only('SecurityHub::PolicyAssociation')).toMatchObject({
    TargetType: 'ROOT',
    TargetId: 'RootId',
  });
  expect(allOf(stack, 'AccessAnalyzer::Analyzer').map(({ Type }) => Type)).toEqual(
    analyzers.map(({ type }) => type),
  );
  expect(only('CloudTrail::Trail')).toMatchObject({
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    EnableLogFileValidation: true,
  });
});

test('only the organisation’s own trail writes into the bucket, and nobody reads it without TLS', () => {
  const grants = grantsIn(only('S3::BucketPolicy')?.['PolicyDocument']);
  const writes = grants.filter(({ actions }) => actions.includes('s3:PutObject'));
  expect(writes).toHaveLength(1);
  expect(writes[0]).toMatchObject({
    principal: { Service: 'cloudtrail.amazonaws.com' },
    condition: {
      StringEquals: {
        'aws:SourceArn': expect.stringMatching(/:ManagementAccount:trail\/cordon-organization$/),
      },
    },
  });
  expect(writes[0]?.resources.map((arn) => arn.split('/AWSLogs/')[1])).toEqual([
    'ManagementAccount/*',
    'OrganizationId/*',
  ]);
  expect(grants).toContainEqual(
    expect.objectContaining({
      effect: 'Deny',
      condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
});

test('each resource belongs to a part that can be left out, and there is no role and no function', () => {
  for (const [id, resource] of Object.entries(stack.Resources)) {
    expect(Reflect.get(resource, 'Condition'), id).toMatch(/Wanted$/);
    expect(resource.Type).not.toMatch(/IAM|Lambda|CustomResource/);
  }
  expect(Object.keys(stack.Parameters)).toEqual(
    expect.arrayContaining(['Detector', 'CentralHub', 'Analyzers', 'Trail']),
  );
});

test('the page has the commands for what CloudFormation cannot do, with every plan and scan', () => {
  const page = readFileSync('docs/install.md', 'utf8');
  for (const plan of guardDutyPlans)
    expect(page).toContain(`{"Name":"${plan}","AutoEnable":"ALL"}`);
  for (const scan of inspectorScans) expect(page).toContain(`${scan}=true`);
});
