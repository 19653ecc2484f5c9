/** Whether accounts can make buckets, snapshots and images public at all. */
import { failedAs } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { answered, type Figure, type Question, type Reader, usualMinutes } from '../question.ts';

/** All four settings, or buckets can still be opened. */
const bucketsBlocked = async (reader: Reader): Promise<boolean> => {
  try {
    const { PublicAccessBlockConfiguration: block = {} } = await reader.call(
      's3control:GetPublicAccessBlock',
      { AccountId: reader.account },
    );
    return Boolean(
      block.BlockPublicAcls &&
        block.IgnorePublicAcls &&
        block.BlockPublicPolicy &&
        block.RestrictPublicBuckets,
    );
  } catch (error) {
    if (failedAs(error, 'NoSuchPublicAccessBlockConfiguration')) return false;
    throw error;
  }
};

const open = (label: string, blocked: boolean, link: string): Figure => ({
  label,
  value: blocked ? 0 : 1,
  of: 1,
  verdict: blocked ? 'fine' : 'look',
  link,
});

export const publicAccess: Question = {
  id: 'public-access',
  title: 'Public access',
  reads: [
    's3control:GetPublicAccessBlock',
    'ec2:GetSnapshotBlockPublicAccessState',
    'ec2:GetImageBlockPublicAccessState',
  ],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    const settings = consoleUrl('ebsEncryption', reader.region);
    const buckets = await bucketsBlocked(reader);
    const snapshots = await reader.call('ec2:GetSnapshotBlockPublicAccessState', {});
    const images = await reader.call('ec2:GetImageBlockPublicAccessState', {});
    return answered([
      open(
        'accounts where buckets can be made public',
        buckets,
        consoleUrl('accountPublicAccess', reader.region),
      ),
      open(
        `accounts where snapshots can be shared with everybody, ${reader.region}`,
        snapshots.State?.startsWith('block-') ?? false,
        settings,
      ),
      open(
        `accounts where images can be made public, ${reader.region}`,
        images.ImageBlockPublicAccessState === 'block-new-sharing',
        settings,
      ),
    ]);
  },
};
