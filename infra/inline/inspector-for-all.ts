/**
 * Inspector in every account. Its setting is for accounts that join; those that there are get associated, which
 * AWS only begins when it is asked, and then enabled:
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_AutoEnable.html
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_AssociateMember.html
 */
import {
  type AutoEnable,
  Inspector2,
  paginateListMembers,
  type ResourceScanType,
} from '@aws-sdk/client-inspector2';
import { answering } from './answering.ts';
import { type Asked, chunks, each, otherAccounts, settings } from './asked.ts';

/** Of each chunk of accounts; the API takes a hundred. */
const most = 100;

const pauseMs = 5000;
/** Two minutes. */
const looks = 24;

const on = ['ENABLED', 'ENABLING'];

/** Whom AWS has associated by now. */
const membersOf = async (client: Inspector2): Promise<ReadonlySet<unknown>> => {
  const found = new Set<unknown>();
  for await (const { members = [] } of paginateListMembers({ client }, { onlyAssociated: true }))
    for (const { accountId } of members) found.add(accountId);
  return found;
};

/** Those of whom AWS says that some scan is not on. */
const without = async (
  client: Inspector2,
  accountIds: string[],
  scans: readonly string[],
): Promise<string[]> => {
  const { accounts = [] } = await client.batchGetAccountStatus({ accountIds });
  const complete = accounts.filter(({ resourceState }) =>
    Object.entries(resourceState ?? {}).every(
      ([scan, { status }]) => !scans.includes(scan) || on.includes(status),
    ),
  );
  return accountIds.filter((id) => !complete.some(({ accountId }) => accountId === id));
};

/** Begins it for those who are not, waits, and answers who is by then; adds to `left` who is not. */
const associate = async (
  client: Inspector2,
  self: string,
  left: string[],
): Promise<ReadonlySet<unknown>> => {
  let members = await membersOf(client);
  const begun: string[] = [];
  for (const { AccountId: accountId } of await otherAccounts(self))
    if (!members.has(accountId))
      await client.associateMember({ accountId }).then(
        () => begun.push(accountId),
        ({ message }) => left.push(`${accountId}: ${message}`),
      );
  const missing = () => begun.filter((id) => !members.has(id));
  for (let look = 0; look < looks && missing().length > 0; look += 1) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    members = await membersOf(client);
  }
  left.push(...missing().map((id) => `${id}: not associated yet`));
  return members;
};

/** Answers what AWS would not do, in words. */
const inspectorForAll = async ({ Account, Parts }: Asked): Promise<readonly string[]> => {
  const client = new Inspector2(settings);
  let setting: Partial<AutoEnable> =
    (await client.describeOrganizationConfiguration({})).autoEnable ?? {};
  const scans: string[] = [];
  const left = await each(Parts, async (scan) => {
    const autoEnable = { ec2: false, ecr: false, ...setting, [scan]: true };
    if (!setting[scan as keyof AutoEnable])
      await client.updateOrganizationConfiguration({ autoEnable });
    setting = autoEnable;
    scans.push(scan);
  });
  const members = await associate(client, Account, left);
  for (const chunk of chunks([Account, ...(members as ReadonlySet<string>)], most)) {
    const accountIds = await without(client, chunk, scans);
    const { failedAccounts = [] } =
      accountIds.length > 0
        ? await client.enable({
            accountIds,
            resourceTypes: scans.map((scan) => scan.toUpperCase() as ResourceScanType),
          })
        : {};
    for (const { accountId, errorMessage } of failedAccounts)
      left.push(`${accountId}: ${errorMessage}`);
  }
  return left;
};

export const handler = answering('Inspector', inspectorForAll);
