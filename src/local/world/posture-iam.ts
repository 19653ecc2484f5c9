/**
 * The simulated IAM as questions of posture see it: the credential report and who has a boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
import { AwsError } from './aws-error.ts';
import type { AccessKey, Account, User } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** IAM makes a new report at most this often. */
const reportLastsMs = 4 * 3_600_000;

const columns = [
  ...['user', 'arn', 'password_enabled', 'mfa_active'],
  ...['1', '2'].flatMap((n) =>
    ['active', 'last_rotated', 'last_used_date'].map((name) => `access_key_${n}_${name}`),
  ),
];

/** Of a key that no seed gave a date. */
const usualAgeMs = 30 * 86_400_000;

const keyCells = (key: AccessKey | undefined, now: number): readonly string[] =>
  key
    ? [
        String(key.status === 'Active'),
        key.created ?? new Date(now - usualAgeMs).toISOString(),
        key.lastUsed?.at ?? 'N/A',
      ]
    : ['false', 'N/A', 'N/A'];

const line = ({ id }: Account, user: User, now: number): string =>
  [
    ...[user.name, `arn:aws:iam::${id}:user/${user.name}`],
    ...[String(user.password ?? false), String(user.mfa ?? false)],
    ...keyCells(user.keys[0], now),
    ...keyCells(user.keys[1], now),
  ].join(',');

const rootLine = ({ id, root }: Account): string =>
  [
    ...['<root_account>', `arn:aws:iam::${id}:root`, 'not_supported', String(root?.mfa ?? true)],
    ...['false', 'N/A', 'N/A', 'false', 'N/A', 'N/A'],
  ].join(',');

export const postureIamHandlers = {
  GenerateCredentialReport(_input: object, { account, world }: Call) {
    const last = account.reportMadeAt;
    if (last === undefined || world.now() - last >= reportLastsMs)
      account.reportMadeAt = world.now();
    return { State: last === undefined ? 'STARTED' : 'COMPLETE' };
  },

  GetCredentialReport(_input: object, { account, world }: Call) {
    if (account.reportMadeAt === undefined)
      throw new AwsError('CredentialReportNotPresentException', 'No report.', 410);
    if (world.now() - account.reportMadeAt >= reportLastsMs)
      throw new AwsError('CredentialReportExpiredException', 'The report has expired.', 410);
    const lines = [columns.join(','), rootLine(account)];
    for (const user of account.users.values()) lines.push(line(account, user, world.now()));
    return {
      Content: new TextEncoder().encode(lines.join('\n')),
      ReportFormat: 'text/csv',
      GeneratedTime: new Date(account.reportMadeAt),
    };
  },

  GetAccountAuthorizationDetails(_input: object, { account }: Call) {
    return {
      UserDetailList: [...account.users.values()].map(({ name, boundary }) => ({
        UserName: name,
        Path: '/',
        ...(boundary ? { PermissionsBoundary: { PermissionsBoundaryArn: boundary } } : {}),
      })),
      RoleDetailList: [...account.iamRoles.values()].map(({ name, path }) => ({
        RoleName: name,
        Path: path,
      })),
      IsTruncated: false,
    };
  },
} satisfies Handlers;
