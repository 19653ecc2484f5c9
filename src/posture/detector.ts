/** GuardDuty has one detector in each account and Region where it is on. */
import type { Reader } from './question.ts';

export const detectorOf = async (reader: Reader): Promise<string | undefined> =>
  (await reader.call('guardduty:ListDetectors', {})).DetectorIds?.[0];

/**
 * What GuardDuty's administrator knows of each account that it has, and of itself: `Enabled` where GuardDuty is on.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Member.html
 */
export const watchedAccounts = async (
  reader: Reader,
  DetectorId: string,
): Promise<ReadonlyMap<string, string>> => {
  const { Status } = await reader.call('guardduty:GetDetector', { DetectorId });
  const found = new Map([[reader.account, Status === 'ENABLED' ? 'Enabled' : 'Disabled']]);
  let token: string | undefined;
  do {
    const page = await reader.call('guardduty:ListMembers', {
      DetectorId,
      MaxResults: 50,
      OnlyAssociated: 'false',
      ...(token ? { NextToken: token } : {}),
    });
    for (const { AccountId = '', RelationshipStatus = '' } of page.Members ?? [])
      found.set(AccountId, RelationshipStatus);
    token = page.NextToken;
  } while (token);
  return found;
};
