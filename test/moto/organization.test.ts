/** The accounts of a real (moto's) Organizations, read page by page through the read role as worker does. */
import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
} from '@aws-sdk/client-organizations';
import { beforeAll, expect, inject, test } from 'vitest';
import { awsAccounts } from '../../src/aws/accounts.ts';
import { ownerOf } from '../../src/flows/organization/look-after.ts';
import { type Ask, walkOn } from '../../src/flows/organization/walk-on.ts';
import { newWalk } from '../../src/organization/walk.ts';
import { account, asOwner, named, region } from './seed.ts';

let organizations: OrganizationsClient;

beforeAll(async () => {
  const endpoint = inject('motoWithPolicies');
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  organizations = new OrganizationsClient(asOwner);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
});

const unitIn = async (ParentId: string, Name: string): Promise<string> => {
  const made = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
  return named(made.OrganizationalUnit?.Id);
};

const accountIn = async (AccountName: string, from: string, to: string): Promise<string> => {
  const made = await organizations.send(
    new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.com` }),
  );
  const AccountId = named(made.CreateAccountStatus?.AccountId);
  await organizations.send(
    new MoveAccountCommand({ AccountId, SourceParentId: from, DestinationParentId: to }),
  );
  return AccountId;
};

const reading = async (): Promise<Ask> => {
  const worker = awsAccounts({
    functionName: 'worker',
    homeRegion: region,
    externalId: 'cordon-local',
    now: () => Date.parse('2026-11-28T02:00:00Z'),
    credentials: { accessKeyId: 'FUNCTION-worker', secretAccessKey: 'local' },
  });
  const aws = await worker.as({ role: 'read', account, region, requestId: 'organization' });
  return (operation, input) => aws.call(operation, input);
};

test('accounts are found with the names of their units and their owner', async () => {
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const root = named(Roots?.[0]?.Id);
  const workloads = await unitIn(root, 'workloads');
  const prod = await unitIn(workloads, 'prod');
  const payments = await accountIn('payments', root, prod);
  const tool = await accountIn('tool', root, workloads);
  await organizations.send(
    new TagResourceCommand({ ResourceId: payments, Tags: [{ Key: 'owner', Value: 'Ana' }] }),
  );
  const ask = await reading();
  const walk = await walkOn(ask, newWalk('2026-11-28T02:00:00.000Z', 1), () => true);
  expect(walk.waiting).toEqual([]);
  const found = new Map(walk.found.map((account) => [account.id, account]));
  expect(found.get(payments)).toEqual({
    ...{ id: payments, name: 'payments', ou: 'workloads/prod', state: 'ACTIVE' },
  });
  expect(found.get(tool)).toMatchObject({ name: 'tool', ou: 'workloads' });
  // Its management account is in the root.
  expect([...found.values()].filter(({ ou }) => ou === '')).toHaveLength(1);
  expect(await ownerOf(ask, payments, 'owner')).toBe('Ana');
  expect(await ownerOf(ask, tool, 'owner')).toBeUndefined();
});
