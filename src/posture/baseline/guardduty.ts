/** GuardDuty with its protection plans, for every account. */
import { detectorOf } from '../detector.ts';
import type { Reader } from '../question.ts';
import { found, type Part } from './part.ts';
import { guardDutyPlans } from './switched-on.ts';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DescribeOrganizationConfiguration.html: in pages */
const settingsOf = async (reader: Reader, DetectorId: string) => {
  const set = new Map<string, string | undefined>();
  let members: string | undefined;
  let NextToken: string | undefined;
  do {
    const page = await reader.call('guardduty:DescribeOrganizationConfiguration', {
      DetectorId,
      ...(NextToken ? { NextToken } : {}),
    });
    members = page.AutoEnableOrganizationMembers;
    for (const { Name, AutoEnable } of page.Features ?? []) set.set(String(Name), AutoEnable);
    NextToken = page.NextToken;
  } while (NextToken);
  return { members, set };
};

export const guardDuty: Part = {
  service: 'GuardDuty',
  where: 'each',
  async look(reader, { region }) {
    const DetectorId = await detectorOf(reader);
    if (!DetectorId) return found(1, ['GuardDuty']);
    const { members, set } = await settingsOf(reader, DetectorId);
    // A plan that is not even listed is not offered in that Region.
    const plans = guardDutyPlans.filter((plan) => region === 'home' || set.has(plan));
    return found(plans.length + 1, [
      ...(members === 'ALL' ? [] : ['GuardDuty']),
      ...plans.filter((plan) => set.get(plan) !== 'ALL').map((plan) => `GuardDuty ${plan}`),
    ]);
  },
};
