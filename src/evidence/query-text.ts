/**
 * Queries of CloudWatch Logs Insights and of Athena, built from parts that are of a known form and of nothing else: what
 * a finding says may be an attacker's. What has another form is left out of the query, by name. Pure.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 * https://docs.aws.amazon.com/athena/latest/ug/select.html
 */
import type { Span } from './long-query.ts';
import type { Gap, TablePlace } from './source.ts';

/** The forms that may stand in a query, each without a quote, a backslash, a bar or a space. */
const forms = {
  interface: /^eni-[0-9a-f]{8,17}$/,
  instance: /^i-[0-9a-f]{8,17}$/,
  /** docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  address: /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,39})$/,
} as const;

type Form = keyof typeof forms;

/** Values of one form, and those that are not of it. */
export interface Sorted {
  readonly fit: readonly string[];
  readonly misfit: readonly string[];
}

/** More of them a query would be slow with. */
const mostValues = 8;

export const sortedBy = (form: Form, values: readonly string[]): Sorted => {
  const each = [...new Set(values)];
  const fit = each.filter((value) => forms[form].test(value)).slice(0, mostValues);
  return { fit, misfit: each.filter((value) => !fit.includes(value)) };
};

/** What is not in a query, said in place. */
export const unsearched = ({ misfit }: Sorted): readonly Gap[] =>
  misfit.map((name) => ({
    what: name,
    because: 'not searched for: it has no form that may stand in a query, or is one too many',
  }));

/** The values themselves. Throws `RangeError` for none, and for one of another form: a bug, never data. */
const checked = (form: Form, values: readonly string[]): readonly string[] => {
  if (values.length === 0 || values.some((value) => !forms[form].test(value)))
    throw new RangeError(`a query may only hold values of the form ${form}`);
  return values;
};

/** `field in ["a","b"]`, as Logs Insights has it. */
const isOneOf = (field: string, form: Form, values: readonly string[]): string =>
  `${field} in [${checked(form, values)
    .map((value) => `"${value}"`)
    .join(',')}]`;

/** `column IN ('a','b')`, as SQL has it. */
const isIn = (column: string, form: Form, values: readonly string[]): string =>
  `${column} IN (${checked(form, values)
    .map((value) => `'${value}'`)
    .join(',')})`;

/** Rows of one query: enough to see whom it talked to, few enough to keep. */
export const mostRows = 200;

/** Flow records of these interfaces, or between any of ours and these addresses, by who talks to whom. */
export const flowQuery = ({
  interfaces,
  addresses,
}: {
  readonly interfaces: readonly string[];
  readonly addresses: readonly string[];
}): string => {
  const filter =
    interfaces.length > 0
      ? isOneOf('interfaceId', 'interface', interfaces)
      : `${isOneOf('srcAddr', 'address', addresses)} or ${isOneOf('dstAddr', 'address', addresses)}`;
  return [
    `filter ${filter}`,
    'stats sum(bytes) as bytes, sum(packets) as packets, count(*) as flows, min(start) as first, max(end) as last by srcAddr, dstAddr, srcPort, dstPort, protocol, action',
    'sort bytes desc',
    `limit ${mostRows}`,
  ].join(' | ');
};

/** What these instances asked Route 53 for. */
export const nameQuery = (instances: readonly string[]): string =>
  [
    `filter ${isOneOf('srcids.instance', 'instance', instances)}`,
    'stats count(*) as times, min(query_timestamp) as first, max(query_timestamp) as last by query_name, query_type, rcode',
    'sort times desc',
    `limit ${mostRows}`,
  ].join(' | ');

const tableName = ({ database, table }: TablePlace): string => {
  if (![database, table].every((name) => /^[a-z0-9_]{1,255}$/.test(name)))
    throw new RangeError('a table of Athena has letters, digits and underscores');
  return `"${database}"."${table}"`;
};

/** `2026/11/22`, the partitions of the tables in AWS's documentation. */
const day = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');

const within = (partition: string, { from, to }: Span): string =>
  `"${partition}" BETWEEN '${day(from)}' AND '${day(to)}'`;

/** What these addresses asked of load balancers. */
export const requestQuery = (at: TablePlace, addresses: readonly string[], span: Span): string =>
  [
    'SELECT client_ip, request_verb, elb_status_code, count(*) AS times, sum(sent_bytes) AS sent, min("time") AS first_at, max("time") AS last_at',
    `FROM ${tableName(at)}`,
    `WHERE ${within('day', span)} AND ${isIn('client_ip', 'address', addresses)}`,
    'GROUP BY client_ip, request_verb, elb_status_code',
    `ORDER BY times DESC LIMIT ${mostRows}`,
  ].join(' ');

/** Who used these buckets. */
export const objectQuery = (at: TablePlace, buckets: readonly string[], span: Span): string =>
  [
    'SELECT remoteip, requester, operation, httpstatus, count(*) AS times, sum(bytessent) AS sent, min(requestdatetime) AS first_at, max(requestdatetime) AS last_at',
    `FROM ${tableName(at)}`,
    `WHERE ${within('timestamp', span)} AND ${isIn('bucket_name', 'bucket', buckets)}`,
    'GROUP BY remoteip, requester, operation, httpstatus',
    `ORDER BY sent DESC LIMIT ${mostRows}`,
  ].join(' ');
