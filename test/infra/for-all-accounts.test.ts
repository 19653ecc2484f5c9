/** The functions of the organisation baseline: the very code of the template, run. */
import { expect, test } from 'vitest';
import type { World } from '../../src/local/world/world.ts';
import { guardDutyPlans, inspectorScans } from '../../src/posture/baseline/switched-on.ts';
import { administrator, type Detection, detection, run, worldOf } from './detection.ts';
import { allOf, roleGrants, synthesised } from './templates.ts';

const stack = synthesised()['cordon-baseline'];
const services = ['GuardDuty', 'Inspector'] as const;
type Service = (typeof services)[number];

const ofTemplate = (service: Service) => {
  const lambda = allOf(stack, 'Lambda::Function').find(
    ({ FunctionName }) => FunctionName === `cordon-baseline-${service.toLowerCase()}`,
  );
  const { ZipFile } = (lambda?.['Code'] ?? {}) as { readonly ZipFile?: string };
  const resource = Object.values(stack.Resources).find(
    ({ Type }) => Type === `Custom::${service}ForAll`,
  );
  return { code: ZipFile ?? '', properties: { ...resource?.Properties, Account: administrator } };
};

const deploy = (service: Service, world: World, RequestType = 'Create', more = {}) => {
  const { code, properties } = ofTemplate(service);
  return run(code, world, { RequestType, ResourceProperties: properties }, more);
};

const reads = /^(List|Get|Describe|BatchGet)/;
const writes = (world: World) =>
  world.calls.map(({ operation }) => operation).filter((operation) => !reads.test(operation));

/** Everything is on in every account that is not closed. */
const complete = (state: Detection) => {
  const open = state.accounts.filter(({ State }) => State === 'ACTIVE').map(({ Id }) => Id);
  const others = open.filter((id) => id !== administrator);
  expect(state.members).toBe('ALL');
  for (const plans of [state.plans, state.ownPlans]) expect([...plans]).toEqual(guardDutyPlans);
  expect([...state.watched]).toEqual(others);
  expect([...state.autoScans]).toEqual(inspectorScans);
  expect([...state.associated]).toEqual(others);
  expect([...state.scanned].sort()).toEqual(
    open.flatMap((id) => inspectorScans.map((scan) => `${id} ${scan}`)).sort(),
  );
};

test('the code fits into a template of old, and asks nothing but the SDK of the runtime', () => {
  for (const service of services) {
    const { code } = ofTemplate(service);
    expect(code.length).toBeLessThanOrEqual(4096);
    for (const [, module] of code.matchAll(/require\("([^"]+)"\)/g))
      expect(module).toMatch(/^@aws-sdk\/client-(guardduty|inspector2|organizations)$/);
  }
});

test('it switches everything on in 230 accounts over all pages; run again, it writes nothing', async () => {
  const state = detection(230);
  const world = worldOf(state);
  for (const service of services) {
    const { body, headers } = await deploy(service, world);
    expect(body).toMatchObject({ Status: 'SUCCESS', Data: { LeftOut: 'nothing' }, RequestId: 'r' });
    // CloudFormation signs its address for no content type.
    expect(headers['content-type'] ?? '').toBe('');
  }
  complete(state);
  const before = writes(world).length;
  for (const service of services)
    for (const type of ['Create', 'Update'])
      expect((await deploy(service, world, type)).body.Status).toBe('SUCCESS');
  expect(writes(world)).toHaveLength(before);
});

test('what was switched off meanwhile is on again after an update, and only that is written', async () => {
  const state = detection(3);
  const world = worldOf(state);
  for (const service of services) await deploy(service, world);
  state.plans.delete('RUNTIME_MONITORING');
  state.watched.delete('111122220001');
  state.autoScans.delete('ecr');
  state.autoScans.add('lambdaCode');
  state.scanned.delete('111122220002 lambda');
  const before = writes(world).length;
  for (const service of services) await deploy(service, world, 'Update');
  expect(writes(world).slice(before)).toEqual([
    'UpdateOrganizationConfiguration',
    'CreateMembers',
    'UpdateOrganizationConfiguration',
    'Enable',
  ]);
  // What somebody added is left alone.
  expect([...state.autoScans].sort()).toEqual(['ec2', 'ecr', 'lambda', 'lambdaCode']);
  expect(state.plans.size).toBe(guardDutyPlans.length);
  expect(state.watched.size).toBe(3);
});

test('deleting calls nothing: detection stays on', async () => {
  const world = worldOf(detection(3));
  for (const service of services) {
    const { body } = await deploy(service, world, 'Delete');
    expect(body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `cordon-${service}` });
  }
  expect(world.calls).toEqual([]);
});

test('what one Region or account cannot have is told, and the rest is on', async () => {
  const state = detection(2);
  const world = worldOf(state);
  for (const refused of ['RDS_LOGIN_EVENTS', 'lambda', '111122220001']) state.refused.add(refused);
  const told = [];
  for (const service of services) told.push((await deploy(service, world)).body.Data?.LeftOut);
  expect(told).toEqual([
    'RDS_LOGIN_EVENTS: RDS_LOGIN_EVENTS is not supported in this Region.; 111122220001: is suspended',
    'lambda: lambda is not supported in this Region.; 111122220001: 111122220001 is not supported in this Region.',
  ]);
  expect(state.plans.size).toBe(guardDutyPlans.length - 1);
  expect([...state.watched]).toEqual(['111122220000']);
  expect(state.scanned.has('111122220000 ecr')).toBe(true);
});

test('an account that Inspector does not associate within two minutes is told', async () => {
  const state = detection(2);
  state.slow.add('111122220001');
  const { body } = await deploy('Inspector', worldOf(state));
  expect(body.Data?.LeftOut).toBe('111122220001: not associated yet');
  expect(state.scanned.has('111122220000 ec2')).toBe(true);
});

test.each([
  ['GuardDuty', 'guardduty', 'DescribeOrganizationConfiguration'],
  ['GuardDuty', 'guardduty', 'UpdateOrganizationConfiguration'],
  ['GuardDuty', 'organizations', 'ListAccounts'],
  ['Inspector', 'inspector2', 'DescribeOrganizationConfiguration'],
  ['Inspector', 'inspector2', 'UpdateOrganizationConfiguration'],
  ['Inspector', 'inspector2', 'Enable'],
] as const)(
  '%s: where %s denies %s, it fails and says what to do',
  async (service, at, operation) => {
    const world = worldOf(detection(2));
    world.faults.add({ service: at, operation, kind: 'deny' });
    const { body } = await deploy(service, world);
    expect(body).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: `cordon-${service}`,
      Reason: expect.stringMatching(
        new RegExp(`^${service} for all accounts: AccessDenied.*${operation}.* deploy again`),
      ),
    });
  },
);

test('where there is no detector, it says which parameter makes one', async () => {
  const state = detection(1);
  state.detector = false;
  const { body } = await deploy('GuardDuty', worldOf(state));
  expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('Detector=yes') });
});

test('an answer never outgrows what CloudFormation takes', async () => {
  const state = detection(500);
  for (const { Id } of state.accounts) state.refused.add(Id);
  for (const service of services) {
    const { body } = await deploy(service, worldOf(state));
    expect(body.Status).toBe('SUCCESS');
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(4096);
  }
});

test('before Lambda ends it, it answers that there was no time left', async () => {
  const state = detection(1);
  state.slow.add('111122220000');
  const { body } = await deploy('Inspector', worldOf(state), 'Create', { remainingMs: 30_000 });
  expect(body).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(/no time left.*goes on from there/),
  });
});

test('an answer that CloudFormation does not take is an error, so that Lambda runs it again', async () => {
  const world = worldOf(detection(1));
  await expect(deploy('GuardDuty', world, 'Create', { status: 503 })).rejects.toThrow('503');
});

/** What AWS makes in the caller's name, and the log. */
const besides = ['iam:CreateServiceLinkedRole', 'logs:CreateLogStream', 'logs:PutLogEvents'];

test.each(services)('%s may do what it calls, and nothing else', async (service) => {
  const world = worldOf(detection(2));
  await deploy(service, world);
  const called = world.calls.map(({ service: of, operation }) => `${of}:${operation}`);
  const role = allOf(stack, 'IAM::Role').find(({ RoleName }) =>
    String(RoleName).startsWith(`cordon-baseline-${service.toLowerCase()}-`),
  );
  const granted = roleGrants(role ?? {}).flatMap(({ actions }) => actions);
  expect([...new Set([...called, ...besides])].sort()).toEqual(granted.toSorted());
});
