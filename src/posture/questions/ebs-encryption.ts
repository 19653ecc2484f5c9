/** Whether new volumes are encrypted without anybody thinking of it. */
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

export const ebsEncryption: Question = {
  id: 'ebs-encryption',
  title: 'Volume encryption',
  reads: ['ec2:GetEbsEncryptionByDefault'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    const { EbsEncryptionByDefault = false } = await reader.call(
      'ec2:GetEbsEncryptionByDefault',
      {},
    );
    return answered([
      {
        label: `accounts where new volumes are not encrypted, ${reader.region}`,
        value: EbsEncryptionByDefault ? 0 : 1,
        of: 1,
        verdict: EbsEncryptionByDefault ? 'fine' : 'look',
        link: consoleUrl('ebsEncryption', reader.region),
      },
    ]);
  },
};
