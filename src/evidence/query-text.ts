/**
 * Queries of CloudWatch Logs Insights, built from parts that are of a known form and of nothing else: what
 * a finding says may be an attacker's. What has another form is left out of the query, by name. Pure.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */

/** The forms that may stand in a query, each without a quote, a backslash, a bar or a space. */
const forms = {
  interface: /^eni-[0-9a-f]{8,17}$/,
  instance: /^i-[0-9a-f]{8,17}$/,
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

/** `field in ["a","b"]`. Throws `RangeError` for a value of another form: a bug, never data. */
const isOneOf = (field: string, form: Form, values: readonly string[]): string => {
  if (values.length === 0 || values.some((value) => !forms[form].test(value)))
    throw new RangeError(`a query may only hold values of the form ${form}`);
  return `${field} in [${values.map((value) => `"${value}"`).join(',')}]`;
};

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
