/** The organisation baseline: what it switches on, for whom, and that each part can be left out. */
import { expect, test } from 'vitest';
import { config } from '../../cordon.config.ts';
import {
  analyzers,
  guardDutyPlans,
  inspectorScans,
} from '../../src/posture/baseline/switched-on.ts';
import { allOf, grantsIn, roleGrants, synthesised } from './templates.ts';

const stack = synthesised()['cordon-baseline'];
const only = (type: string) => {
  const [found, ...more] = allOf(stack, type);
  expect(more).toEqual([]);
  return found;
};

test('GuardDuty with every protection plan, Security Hub from the root, both analyzers, an organisation trail', () => {
  expect(only('GuardDuty::Detector')).toMatchObject({ Enable: true });
  expect(stack.Resources['GuardDuty']?.DeletionPolicy).toBe('Retain');
  for (const [service, parts] of [
    ['GuardDuty', guardDutyPlans],
    ['Inspector', inspectorScans],
  ] as const) {
    const [found] = Object.values(stack.Resources).filter(
      ({ Type }) => Type === `Custom::${service}ForAll`,
    );
    expect(found?.Properties).toMatchObject({
      Account: '<AccountId>',
      Parts: parts,
      Again: 'Again',
    });
  }
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

test('each resource belongs to a part that can be left out', () => {
  for (const [id, resource] of Object.entries(stack.Resources))
    expect(Reflect.get(resource, 'Condition'), id).toMatch(/Wanted$/);
  expect(Object.keys(stack.Parameters)).toEqual(
    expect.arrayContaining([
      ...['Detector', 'GuardDutyForAll', 'InspectorForAll'],
      ...['CentralHub', 'Analyzers', 'Trail'],
    ]),
  );
});

test('each function has a role of its own, a bounded log, and says what it left out', () => {
  const functions = allOf(stack, 'Lambda::Function');
  expect(functions.map(({ Role }) => Role)).toEqual([
    'cordon-baseline-guardduty-<Region>.Arn',
    'cordon-baseline-inspector-<Region>.Arn',
  ]);
  for (const { Runtime, LoggingConfig } of functions) {
    expect(Runtime).toBe('nodejs24.x');
    expect(LoggingConfig).toMatchObject({
      LogGroup: expect.stringMatching(/^\/aws\/lambda\/cordon-baseline-/),
    });
  }
  for (const { RetentionInDays } of allOf(stack, 'Logs::LogGroup'))
    expect(RetentionInDays).toBe(config.deployment.logDays);
  for (const role of allOf(stack, 'IAM::Role')) {
    expect(role).not.toHaveProperty('ManagedPolicyArns');
    const [linked] = roleGrants(role).filter(({ sid }) => sid === 'ServiceRoles');
    expect(linked?.condition).toHaveProperty('StringEquals');
  }
  expect(allOf(stack, 'IAM::Policy')).toEqual([]);
  expect(Object.keys(stack.Outputs)).toEqual(['GuardDutyForAllLeftOut', 'InspectorForAllLeftOut']);
});
