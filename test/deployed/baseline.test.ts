/** The organisation baseline in moto, as far as moto has what it is made of; and its function for Inspector there. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  BatchGetAccountStatusCommand,
  DescribeOrganizationConfigurationCommand,
  Inspector2Client,
  ListMembersCommand,
} from '@aws-sdk/client-inspector2';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  CreateAccountCommand,
  CreateOrganizationCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeAll, expect, inject, test } from 'vitest';
import { cordonApp } from '../../infra/stacks.ts';
import { inspectorScans } from '../../src/posture/baseline/switched-on.ts';
import { run } from '../infra/detection.ts';
import { config } from './config/cordon.config.ts';
import { clientOf, sessionOf } from './installation.ts';
import { createStack, type Template } from './moto-stack.ts';
import { home, region } from './places.ts';

const moto = inject('moto');
let template: Template;
let owner: ReturnType<typeof clientOf>;

beforeAll(async () => {
  await fetch(`${moto}/moto-api/reset`, { method: 'POST' });
  process.env['CDK_VALIDATION'] = 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-baseline-'));
  const assembly = cordonApp({ config, checked: false, outdir }).synth();
  template = assembly.getStackByName('cordon-baseline').template;
  owner = clientOf(moto, await sessionOf(moto, home, 'owner'));
});

test('the stack is made, with its functions, their roles and the bucket of the trail', async () => {
  const told = await createStack(
    { endpoint: moto, credentials: owner.credentials as never, region },
    {
      name: 'cordon-baseline',
      template,
      parameters: {
        OrganizationId: 'o-exampleorg1',
        RootId: 'r-exam',
        ManagementAccount: '111122223333',
      },
    },
  );
  for (const line of told) process.stdout.write(`moto: ${line}\n`);
  for (const name of ['cordon-baseline-guardduty', 'cordon-baseline-inspector']) {
    const made = await new LambdaClient(owner).send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    expect(made).toMatchObject({ Runtime: 'nodejs24.x', Timeout: 900 });
    expect(made.Role).toBe(`arn:aws:iam::${home}:role/${name}-${region}`);
    const { PolicyDocument = '' } = await new IAMClient(owner).send(
      new GetRolePolicyCommand({ RoleName: `${name}-${region}`, PolicyName: 'rights' }),
    );
    expect(decodeURIComponent(PolicyDocument)).toContain('organizations:ListAccounts');
  }
  await new S3Client({ ...owner, forcePathStyle: true }).send(
    new HeadBucketCommand({ Bucket: `cordon-trail-${home}-${region}` }),
  );
});

test('its function switches Inspector on in every account of the organisation', async () => {
  const organizations = new OrganizationsClient(owner);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const others: string[] = [];
  for (const name of ['prod-payments', 'dev-sandbox']) {
    const { CreateAccountStatus } = await organizations.send(
      new CreateAccountCommand({ AccountName: name, Email: `${name}@example.com` }),
    );
    others.push(CreateAccountStatus?.AccountId ?? '');
  }
  const [code] = Object.values(template.Resources)
    .filter(({ Properties }) => Properties?.['FunctionName'] === 'cordon-baseline-inspector')
    .map(({ Properties }) => Object.values(Properties?.['Code'] ?? {})[0]);
  const { body } = await run(
    String(code),
    owner,
    { RequestType: 'Create', ResourceProperties: { Account: home, Parts: inspectorScans } },
    { haste: 1 },
  );
  expect(body.Reason).toBeUndefined();
  expect(body).toMatchObject({ Status: 'SUCCESS', Data: { LeftOut: 'nothing' } });
  const inspector = new Inspector2Client(owner);
  const { autoEnable } = await inspector.send(new DescribeOrganizationConfigurationCommand({}));
  expect(autoEnable).toMatchObject({ ec2: true, ecr: true, lambda: true });
  const { members = [] } = await inspector.send(new ListMembersCommand({}));
  expect(members.map(({ accountId }) => accountId)).toEqual(expect.arrayContaining(others));
  const { accounts = [] } = await inspector.send(
    new BatchGetAccountStatusCommand({ accountIds: [home, ...others] }),
  );
  expect(accounts).toHaveLength(3);
  for (const { resourceState } of accounts)
    for (const scan of inspectorScans) expect(resourceState?.[scan]?.status).toBe('ENABLED');
});
