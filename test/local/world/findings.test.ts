import {
  ArchiveFindingsCommand,
  GetFindingsCommand,
  GuardDutyClient,
} from '@aws-sdk/client-guardduty';
import {
  GetFindingsCommand as GetHubFindings,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import { describe, expect, test } from 'vitest';
import { attach } from '../../../src/local/world/attach.ts';
import { createWorld, type World } from '../../../src/local/world/world.ts';

const admin = '999988887777';
const member = '123456789012';
const region = 'eu-west-1';

const config = (account: string) => ({
  region,
  credentials: { accessKeyId: `ADMIN-${account}`, secretAccessKey: 'local' },
});
const guardDutyOf = (world: World, account: string): GuardDutyClient => {
  const client = new GuardDutyClient(config(account));
  attach(client, 'guardduty', world);
  return client;
};
const newWorld = (): World => {
  const world = createWorld({ now: () => 0 });
  world.partition(admin, region).detector = { id: 'admin-detector', findings: new Map() };
  world.partition(member, region).detector = {
    id: 'member-detector',
    administrator: admin,
    findings: new Map(),
  };
  return world;
};
const archive = (DetectorId: string, FindingIds: string[]) =>
  new ArchiveFindingsCommand({ DetectorId, FindingIds });

describe('GuardDuty behaves as that of AWS', () => {
  test.each([
    ['a member cannot archive', member, archive('member-detector', ['1'])],
    ['a detector of another account is refused', admin, archive('member-detector', ['1'])],
    [
      'more than 50 findings at once are refused',
      admin,
      archive('admin-detector', Array(51).fill('1')),
    ],
    ['no finding is refused', admin, archive('admin-detector', [])],
  ])('%s', async (_name, account, command) => {
    await expect(guardDutyOf(newWorld(), account).send(command)).rejects.toMatchObject({
      name: 'BadRequestException',
    });
  });

  test('unknown findings are left out, as AWS does', async () => {
    const client = guardDutyOf(newWorld(), admin);
    const command = new GetFindingsCommand({ DetectorId: 'admin-detector', FindingIds: ['none'] });
    expect((await client.send(command)).Findings).toEqual([]);
  });
});

test('a Security Hub filter that is not simulated fails loudly', async () => {
  const client = new SecurityHubClient(config(admin));
  attach(client, 'securityhub', newWorld());
  const command = new GetHubFindings({
    Filters: { Title: [{ Value: 'x', Comparison: 'EQUALS' }] },
  });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'NotImplementedBySimulator' });
});
