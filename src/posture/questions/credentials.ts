/**
 * Users without MFA, and access keys that are old or not used, from the credential report. IAM makes
 * a new one at most every four hours.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
import { failedAs } from '../call-failed.ts';
import { consoleUrl } from '../console.ts';
import { type CredentialRow, credentialRows } from '../credential-report.ts';
import { answered, type Question, type Reader, unknown } from '../question.ts';

/** Keys older than this are to be rotated; CIS AWS Foundations Benchmark. */
const oldDays = 90;
/** Keys not used for this long are to be switched off; CIS AWS Foundations Benchmark. */
const unusedDays = 45;
const dayMs = 86_400_000;
const reportMinutes = 240;
/** IAM needs a few seconds for it. */
const mostTries = 4;

const report = async (reader: Reader): Promise<readonly CredentialRow[] | undefined> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    try {
      const { Content } = await reader.call('iam:GetCredentialReport', {});
      return credentialRows(new TextDecoder().decode(Content));
    } catch (error) {
      if (
        !failedAs(
          error,
          'CredentialReportNotPresentException',
          'CredentialReportExpiredException',
          'CredentialReportNotReadyException',
          'ReportNotPresent',
          'ReportExpired',
          'ReportInProgress',
        )
      )
        throw error;
      await reader.call('iam:GenerateCredentialReport', {});
    }
  }
  return undefined;
};

const keysOf = (rows: readonly CredentialRow[]) => rows.flatMap(({ keys }) => keys);

export const credentials: Question = {
  id: 'credentials',
  title: 'Users and keys',
  reads: ['iam:GetCredentialReport', 'iam:GenerateCredentialReport'],
  freshMinutes: reportMinutes,
  async ofEach(reader) {
    const rows = await report(reader);
    if (!rows) return unknown('IAM is still making the credential report: ask again in a minute');
    const people = rows.filter(({ password }) => password);
    const withoutMfa = people.filter(({ mfa }) => !mfa);
    const keys = keysOf(rows);
    const before = (days: number) => reader.now() - days * dayMs;
    const old = keys.filter(({ rotatedAt }) => rotatedAt < before(oldDays));
    const unused = keys.filter(({ usedAt }) => usedAt < before(unusedDays));
    const link = consoleUrl('credentialReport', reader.region);
    return answered([
      {
        label: 'users with a password and no MFA',
        value: withoutMfa.length,
        of: people.length,
        verdict: withoutMfa.length > 0 ? 'act' : 'fine',
        link: consoleUrl('iamUsers', reader.region),
        ...(withoutMfa.length > 0 ? { names: withoutMfa.map(({ user }) => user) } : {}),
      },
      {
        label: `active access keys older than ${oldDays} days`,
        value: old.length,
        of: keys.length,
        verdict: old.length > 0 ? 'look' : 'fine',
        link,
        ...(old.length > 0 ? { names: old.map(({ user }) => user) } : {}),
      },
      {
        label: `active access keys not used for ${unusedDays} days`,
        value: unused.length,
        of: keys.length,
        verdict: unused.length > 0 ? 'look' : 'fine',
        link,
        ...(unused.length > 0 ? { names: unused.map(({ user }) => user) } : {}),
      },
    ]);
  },
};
