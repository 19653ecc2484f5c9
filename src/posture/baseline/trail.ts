/** The trail of the organisation, which is of every Region. */
import { found, type Part } from './part.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html */
export const trail: Part = {
  service: 'CloudTrail',
  where: 'home',
  async look(reader) {
    const { trailList = [] } = await reader.call('cloudtrail:DescribeTrails', {
      includeShadowTrails: true,
    });
    let off = 'trail of the organisation';
    for (const each of trailList.filter(({ IsOrganizationTrail }) => IsOrganizationTrail)) {
      const { IsLogging } = await reader.call('cloudtrail:GetTrailStatus', { Name: each.TrailARN });
      if (IsLogging && each.IsMultiRegionTrail) return found(1, []);
      if (IsLogging) off = 'trail of the organisation in every Region';
    }
    return found(1, [off]);
  },
};
