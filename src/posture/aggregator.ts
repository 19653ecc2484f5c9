/**
 * AWS Config's aggregator: one query about all accounts instead of calls in each.
 * https://docs.aws.amazon.com/config/latest/developerguide/querying-AWS-resources.html
 */
import { failedAs } from './call-failed.ts';
import type { Figure, KnownAccount, Reader, Scope } from './question.ts';

/** Undefined where nobody has set one up. */
const aggregatorOf = async (reader: Reader): Promise<string | undefined> => {
  try {
    const { ConfigurationAggregators = [] } = await reader.call(
      'config:DescribeConfigurationAggregators',
      {},
    );
    const whole = ConfigurationAggregators.find((each) => each.OrganizationAggregationSource);
    return (whole ?? ConfigurationAggregators[0])?.ConfigurationAggregatorName;
  } catch (error) {
    // The accounts can be asked one by one instead.
    if (failedAs(error, 'AccessDeniedException')) return undefined;
    throw error;
  }
};

export const aggregatorReads = [
  'config:DescribeConfigurationAggregators',
  'config:SelectAggregateResourceConfig',
] as const;

type Counts = ReadonlyMap<string, number>;

const rowOf = (text: string): readonly [string, number] => {
  const row: Readonly<Record<string, unknown>> = JSON.parse(text);
  return [String(row['accountId']), Number(row['COUNT(*)'])];
};

/** How many resources satisfy `where`, by account; undefined without an aggregator. */
export const countByAccount = async (
  reader: Reader,
  wheres: readonly string[],
): Promise<readonly Counts[] | undefined> => {
  const name = await aggregatorOf(reader);
  if (!name) return undefined;
  const found: Counts[] = [];
  for (const where of wheres) {
    const rows: string[] = [];
    let token: string | undefined;
    do {
      const page = await reader.call('config:SelectAggregateResourceConfig', {
        ConfigurationAggregatorName: name,
        Expression: `SELECT accountId, COUNT(*) WHERE ${where} GROUP BY accountId`,
        ...(token ? { NextToken: token } : {}),
      });
      rows.push(...(page.Results ?? []));
      token = page.NextToken;
    } while (token);
    found.push(new Map(rows.map(rowOf)));
  }
  return found;
};

const totalOf = (counts: Counts | undefined, accounts: readonly KnownAccount[]): number =>
  accounts.reduce((total, { id }) => total + (counts?.get(id) ?? 0), 0);

/** The figure of the accounts of the scope, with the names of those that want something. */
export const aggregated = (
  scope: Scope,
  counts: { readonly wanting: Counts | undefined; readonly all?: Counts | undefined },
  words: Pick<Figure, 'label' | 'link'> & { readonly bad: 'look' | 'act' },
): Figure => {
  const { label, link, bad } = words;
  const value = totalOf(counts.wanting, scope.accounts);
  const names = scope.accounts.filter(({ id }) => (counts.wanting?.get(id) ?? 0) > 0);
  return {
    label,
    value,
    ...(counts.all ? { of: totalOf(counts.all, scope.accounts) } : {}),
    verdict: value > 0 ? bad : 'fine',
    link,
    ...(names.length > 0 ? { names: names.map(({ name }) => name) } : {}),
  };
};

/** Why a question that reads every resource does not go through many accounts. */
export const tooMany = (what: string): string =>
  `reading every ${what} of many accounts takes too long: ask for one account, or set up an aggregator of AWS Config in the administrator account`;
