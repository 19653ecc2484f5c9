/** What the root user can sign in with. Without credentials, as AWS recommends, it needs no MFA. */
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

export const rootUser: Question = {
  id: 'root-user',
  title: 'Root user',
  reads: ['iam:GetAccountSummary'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    const { SummaryMap = {} } = await reader.call('iam:GetAccountSummary', {});
    const link = consoleUrl('rootUser', reader.region);
    const keys = SummaryMap.AccountAccessKeysPresent ?? 0;
    const password = SummaryMap.AccountPasswordPresent ?? 1;
    const unprotected = password > 0 && (SummaryMap.AccountMFAEnabled ?? 0) === 0 ? 1 : 0;
    return answered([
      {
        label: 'root users with a password and no MFA',
        value: unprotected,
        of: 1,
        verdict: unprotected > 0 ? 'act' : 'fine',
        link,
      },
      {
        label: 'root users with access keys',
        value: Math.min(keys, 1),
        of: 1,
        verdict: keys > 0 ? 'act' : 'fine',
        link,
      },
    ]);
  },
};
