/**
 * The IAM actions and resources behind src/actions/log-operations.ts. Logs hold whatever programs write,
 * so only groups and workgroups whose owner tagged them for it can be queried.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
import type { LogOperations } from './log-operations.ts';

interface LogGrant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const workgroups = ['arn:aws:athena:*:*:workgroup/*'];
const groups = ['arn:aws:logs:*:*:log-group:*'];

/** The tag that lets Cordon query a log group, or by a workgroup of Athena. */
export const queriedTag = { key: 'cordon', value: 'logs' } as const;

const onlyTagged = {
  StringEquals: { [`aws:ResourceTag/${queriedTag.key}`]: queriedTag.value },
};

const byWorkgroup = (action: string): readonly LogGrant[] => [
  { action, resources: workgroups, condition: onlyTagged },
];

export const logGrants: Readonly<Record<keyof LogOperations, readonly LogGrant[]>> = {
  'athena:GetQueryExecution': byWorkgroup('athena:GetQueryExecution'),
  'athena:GetQueryResults': byWorkgroup('athena:GetQueryResults'),
  'athena:StartQueryExecution': byWorkgroup('athena:StartQueryExecution'),
  // Of a query, which had to be started: its id is known to whoever started it.
  'logs:GetQueryResults': [{ action: 'logs:GetQueryResults', resources: groups }],
  'logs:StartQuery': [{ action: 'logs:StartQuery', resources: groups, condition: onlyTagged }],
};
