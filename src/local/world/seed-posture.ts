/** What questions of posture find in the example organisation: some good, some to be mended. */
import { guardDutyPlans, inspectorScans } from '../../posture/baseline/switched-on.ts';
import type { ControlCheck } from './posture-state.ts';
import type { World } from './world.ts';

const day = 86_400_000;

const standards = [
  'standards/aws-foundational-security-best-practices/v/1.0.0',
  'standards/cis-aws-foundations-benchmark/v/3.0.0',
];

/** Control, severity, and in which accounts it fails. */
const controls: readonly (readonly [string, ControlCheck['severity'], readonly string[]])[] = [
  ['IAM.4', 'CRITICAL', ['legacy-erp']],
  ['IAM.6', 'CRITICAL', ['legacy-erp']],
  ['CloudTrail.1', 'HIGH', []],
  ['EC2.19', 'HIGH', ['dev-sandbox']],
  ['GuardDuty.1', 'HIGH', ['legacy-erp']],
  ['S3.1', 'MEDIUM', ['dev-sandbox']],
  ['EC2.7', 'MEDIUM', ['dev-sandbox', 'legacy-erp']],
  ['RDS.3', 'MEDIUM', ['prod-payments']],
  ['KMS.4', 'MEDIUM', []],
  ['S3.8', 'HIGH', ['prod-payments', 'dev-sandbox']],
  ['IAM.3', 'MEDIUM', ['legacy-erp']],
  ['EC2.8', 'HIGH', []],
];

/** Controls that no account fails. */
const passing = ['Config.1', 'EC2.2', 'EC2.21', 'ECS.2', 'IAM.1', 'IAM.9', 'KMS.1', 'Lambda.1']
  .concat(['RDS.1', 'RDS.2', 'S3.2', 'S3.3', 'SecretsManager.1', 'SSM.4', 'SQS.1', 'EC2.1'])
  .concat(['EC2.3', 'EC2.6', 'ECR.1', 'ELB.1', 'GuardDuty.7', 'IAM.5', 'IAM.7']);

const checksOf = (world: World): ControlCheck[] =>
  [...controls, ...passing.map((control) => [control, 'HIGH', []] as const)].flatMap(
    ([control, severity, failing]) =>
      [...world.accounts.values()].map(({ id, name }) => ({
        control,
        account: id,
        standards: control.startsWith('S3') ? standards.slice(0, 1) : standards,
        severity,
        status: failing.includes(name) ? ('FAILED' as const) : ('PASSED' as const),
      })),
  );

export const seedPosture = (world: World, region: string): void => {
  const blocks = [
    'BlockPublicAcls',
    'IgnorePublicAcls',
    'BlockPublicPolicy',
    'RestrictPublicBuckets',
  ];
  for (const account of world.accounts.values()) {
    const { posture, services } = world.partition(account.id, region);
    const kept = account.name !== 'dev-sandbox' && account.name !== 'legacy-erp';
    posture.encryptsNewVolumes = kept;
    posture.blocksPublicSnapshots = kept;
    posture.blocksPublicImages = true;
    if (account.name === 'security-tooling') account.publicAccessBlock = blocks;
    if (services.trails.size === 0)
      services.trails.set('organization', {
        name: 'organization',
        owner: '555566667777',
        homeRegion: region,
        organization: true,
        bucket: 'example-organization-trail',
        logging: true,
        tags: {},
      });
    if (account.name !== 'legacy-erp')
      services.recorders.set('default', { name: 'default', recording: true });
  }
  const legacy = world.account('444455556666');
  legacy.root = { mfa: false, keys: 1 };
  legacy.users.set('erp-admin', {
    name: 'erp-admin',
    tags: {},
    password: true,
    keys: [
      {
        id: 'AKIAERPADMIN7EXAMPLE',
        status: 'Active',
        created: new Date(world.now() - 400 * day).toISOString(),
        lastUsed: {
          at: new Date(world.now() - 200 * day).toISOString(),
          service: 's3',
          region,
        },
      },
    ],
  });
  const home = world.partition(world.securityAccount, region).posture;
  home.centralHub = true;
  home.hubPolicy = { enabled: true, status: 'SUCCESS' };
  home.inspects = [...inspectorScans];
  const { detector } = world.partition(world.securityAccount, region);
  if (detector) detector.organization = { members: 'ALL', plans: [...guardDutyPlans] };
  home.checks = checksOf(world);
  home.analyzers = [
    { name: 'outside', type: 'ORGANIZATION', active: 3, publicBuckets: 1 },
    {
      name: 'unused',
      type: 'ORGANIZATION_UNUSED_ACCESS',
      active: 21,
      publicBuckets: 0,
      about: [{ resource: 'arn:aws:iam::123456789012:user/ci-deploy', type: 'UnusedPermission' }],
    },
  ];
  home.runtime = { healthy: 11, unhealthy: 2 };
  home.images = [
    { account: '123456789012', repository: 'checkout', tag: '42', critical: 2 },
    { account: '123456789012', repository: 'resize-images', tag: '7', critical: 0 },
  ];
};
