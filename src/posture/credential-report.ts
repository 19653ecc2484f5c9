/**
 * IAM's credential report: one line of comma separated values a user, without quotes, because no
 * column can hold a comma.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */

interface ActiveKey {
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly rotatedAt: number;
  /** When it was last used; when it was made, if never. */
  readonly usedAt: number;
}

export interface CredentialRow {
  readonly user: string;
  /** Has a console password. */
  readonly password: boolean;
  readonly mfa: boolean;
  /** The active ones. */
  readonly keys: readonly ActiveKey[];
}

/** The root user has its own question. */
const root = '<root_account>';

const timeOf = (text: string | undefined): number | undefined => {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
};

const rowOf = (cell: (column: string) => string | undefined): CredentialRow => {
  const user = cell('user') ?? '';
  return {
    user,
    password: cell('password_enabled') === 'true',
    mfa: cell('mfa_active') === 'true',
    keys: ['1', '2'].flatMap((n) => {
      if (cell(`access_key_${n}_active`) !== 'true') return [];
      const rotatedAt = timeOf(cell(`access_key_${n}_last_rotated`)) ?? 0;
      return [
        {
          user,
          rotatedAt,
          usedAt: timeOf(cell(`access_key_${n}_last_used_date`)) ?? rotatedAt,
        },
      ];
    }),
  };
};

export const credentialRows = (csv: string): readonly CredentialRow[] => {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const columns = head.split(',');
  return lines
    .map((line) => line.split(','))
    .map((cells) => rowOf((column) => cells[columns.indexOf(column)]))
    .filter(({ user }) => user !== root);
};
