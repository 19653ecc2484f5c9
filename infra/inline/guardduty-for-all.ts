/**
 * GuardDuty in every account. The setting `ALL` reaches the accounts that there are within 24 hours, CreateMembers
 * at once and with the same plans:
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_UpdateOrganizationConfiguration.html
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateMembers.html
 */
import {
  type DetectorFeature,
  GuardDuty,
  type OrgFeature,
  paginateDescribeOrganizationConfiguration,
  paginateListMembers,
} from '@aws-sdk/client-guardduty';
import { answering } from './answering.ts';
import { type Asked, chunks, each, otherAccounts, settings } from './asked.ts';

const AutoEnable = 'ALL';

/** What is for all accounts already: plans by name, and `members` for GuardDuty itself. */
const forAll = async (client: GuardDuty, DetectorId: string): Promise<ReadonlySet<unknown>> => {
  const found = new Set<unknown>();
  for await (const page of paginateDescribeOrganizationConfiguration({ client }, { DetectorId })) {
    if (page.AutoEnableOrganizationMembers === AutoEnable) found.add('members');
    for (const feature of page.Features ?? [])
      if (feature.AutoEnable === AutoEnable) found.add(feature.Name);
  }
  return found;
};

const membersOf = async (client: GuardDuty, DetectorId: string): Promise<ReadonlySet<unknown>> => {
  const found = new Set<unknown>();
  for await (const { Members = [] } of paginateListMembers({ client }, { DetectorId }))
    for (const { AccountId } of Members) found.add(AccountId);
  return found;
};

/** Answers what AWS would not do, in words. */
const guardDutyForAll = async ({ Account, Parts }: Asked): Promise<readonly string[]> => {
  const client = new GuardDuty(settings);
  const [DetectorId] = (await client.listDetectors({})).DetectorIds ?? [];
  if (!DetectorId) throw new Error('GuardDuty is off here: deploy with Detector=yes');
  const members = { DetectorId, AutoEnableOrganizationMembers: AutoEnable } as const;
  const already = await forAll(client, DetectorId);
  if (!already.has('members')) await client.updateOrganizationConfiguration(members);
  const { Features = [] } = await client.getDetector({ DetectorId });
  const left = await each(Parts, async (part) => {
    // The setting for all leaves out the administrator itself.
    if (!Features.some(({ Name, Status }) => Name === part && Status === 'ENABLED'))
      await client.updateDetector({
        DetectorId,
        Features: [{ Name: part as DetectorFeature, Status: 'ENABLED' }],
      });
    if (!already.has(part))
      await client.updateOrganizationConfiguration({
        ...members,
        Features: [{ Name: part as OrgFeature, AutoEnable }],
      });
  });
  const known = await membersOf(client, DetectorId);
  const missing = (await otherAccounts(Account)).filter(({ AccountId }) => !known.has(AccountId));
  for (const AccountDetails of chunks(missing, 50)) {
    const { UnprocessedAccounts = [] } = await client.createMembers({ DetectorId, AccountDetails });
    for (const { AccountId, Result } of UnprocessedAccounts) left.push(`${AccountId}: ${Result}`);
  }
  return left;
};

export const handler = answering('GuardDuty', guardDutyForAll);
