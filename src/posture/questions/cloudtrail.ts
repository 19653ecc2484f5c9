/** Whether every account's calls are recorded: by a trail of all Regions that is logging. */
import type { Trail } from '@aws-sdk/client-cloudtrail';
import { consoleUrl } from '../console.ts';
import { answered, type Question, type Reader, usualMinutes } from '../question.ts';

const isLogging = async (reader: Reader, { TrailARN }: Trail): Promise<boolean> => {
  const { IsLogging = false, LatestDeliveryError } = await reader.call(
    'cloudtrail:GetTrailStatus',
    { Name: TrailARN },
  );
  return IsLogging && !LatestDeliveryError;
};

const someLogging = async (reader: Reader, trails: readonly Trail[]): Promise<boolean> => {
  for (const trail of trails) if (await isLogging(reader, trail)) return true;
  return false;
};

export const cloudTrail: Question = {
  id: 'cloudtrail',
  title: 'CloudTrail',
  reads: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    const { trailList = [] } = await reader.call('cloudtrail:DescribeTrails', {
      includeShadowTrails: true,
    });
    const link = consoleUrl('cloudtrail', reader.region);
    const ofOrganization = trailList.filter(({ IsOrganizationTrail }) => IsOrganizationTrail);
    const everywhere = trailList.filter(({ IsMultiRegionTrail }) => IsMultiRegionTrail);
    const byOrganization = await someLogging(reader, ofOrganization);
    const byAny = byOrganization || (await someLogging(reader, everywhere));
    return answered([
      {
        label: 'accounts without a logging trail of all Regions',
        value: byAny ? 0 : 1,
        of: 1,
        verdict: byAny ? 'fine' : 'act',
        link,
      },
      {
        label: "accounts outside the organisation's trail",
        value: byOrganization ? 0 : 1,
        of: 1,
        verdict: byOrganization ? 'fine' : 'look',
        link,
      },
    ]);
  },
};
