/** GuardDuty with its protection plans, for every account. */
import { detectorOf } from '../detector.ts';
import { found, type Part } from './part.ts';
import { guardDutyPlans } from './switched-on.ts';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DescribeOrganizationConfiguration.html */
export const guardDuty: Part = {
  service: 'GuardDuty',
  where: 'each',
  async look(reader, { region }) {
    const DetectorId = await detectorOf(reader);
    if (!DetectorId && region !== 'home') return found(1, ['GuardDuty']);
    if (!DetectorId)
      return found(guardDutyPlans.length + 1, [
        'GuardDuty',
        ...guardDutyPlans.map((plan) => `GuardDuty ${plan}`),
      ]);
    const { AutoEnableOrganizationMembers, Features = [] } = await reader.call(
      'guardduty:DescribeOrganizationConfiguration',
      { DetectorId },
    );
    const set = new Map(Features.map(({ Name, AutoEnable }) => [String(Name), AutoEnable]));
    // A plan that is not even listed is not offered in that Region.
    const plans = guardDutyPlans.filter((plan) => region === 'home' || set.has(plan));
    return found(plans.length + 1, [
      ...(AutoEnableOrganizationMembers === 'ALL' ? [] : ['GuardDuty']),
      ...plans.filter((plan) => set.get(plan) !== 'ALL').map((plan) => `GuardDuty ${plan}`),
    ]);
  },
};
