/**
 * The IAM actions and resources behind src/actions/log-operations.ts. Logs hold whatever programs write,
 * so only groups whose owner tagged them for it can be queried.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
import type { LogOperations } from './log-operations.ts';

interface LogGrant {
  readonly action: string;
  readonly resources: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const groups = ['arn:aws:logs:*:*:log-group:*'];

/** The tag that lets Cordon query a log group. */
export const queriedTag = { key: 'cordon', value: 'logs' } as const;

const onlyTagged = {
  StringEquals: { [`aws:ResourceTag/${queriedTag.key}`]: queriedTag.value },
};

export const logGrants: Readonly<Record<keyof LogOperations, readonly LogGrant[]>> = {
  // Of a query, which had to be started: its id is known to whoever started it.
  'logs:GetQueryResults': [{ action: 'logs:GetQueryResults', resources: groups }],
  'logs:StartQuery': [{ action: 'logs:StartQuery', resources: groups, condition: onlyTagged }],
};
