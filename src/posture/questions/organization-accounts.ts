/** Which accounts of the organisation Cordon does not cover, each with the reason. */
import type { Account } from '@aws-sdk/client-organizations';
import { consoleUrl } from '../console.ts';
import {
  answered,
  type KnownAccount,
  type Question,
  type Reader,
  type Scope,
  usualMinutes,
} from '../question.ts';

/** So many are named; the figure counts them all. */
const mostNamed = 30;

/** Those that can be used: suspended and closed accounts do nothing. */
const active = async (reader: Reader): Promise<readonly Account[]> => {
  const found: Account[] = [];
  let NextToken: string | undefined;
  do {
    const page = await reader.call('organizations:ListAccounts', NextToken ? { NextToken } : {});
    found.push(...(page.Accounts ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found.filter(({ State, Status }) => (State ?? Status) === 'ACTIVE');
};

/** Why nothing covers it; undefined when something does. */
const uncovered = (
  { unknownBecause = 'the configuration does not name it' }: Scope,
  known: KnownAccount | undefined,
): string | undefined => {
  return known ? known.unreached : unknownBecause;
};

export const organizationAccounts: Question = {
  id: 'organization-accounts',
  title: 'Accounts covered',
  reads: ['organizations:ListAccounts'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    // Asked about one account, there is nothing to be missed.
    if (scope.kind === 'one') return answered([]);
    const all = await active(reader);
    const known = new Map(scope.accounts.map((account) => [account.id, account]));
    const found = all.flatMap(({ Id = '', Name }) => {
      const because = uncovered(scope, known.get(Id));
      return because ? [`${Name ?? 'no name'} (${Id}): ${because}`] : [];
    });
    return answered([
      {
        label: 'accounts of the organisation that are uncovered',
        value: found.length,
        of: all.length,
        verdict: found.length > 0 ? 'act' : 'fine',
        link: consoleUrl('organizationAccounts', reader.region),
        ...(found.length > 0 ? { names: found.slice(0, mostNamed) } : {}),
      },
    ]);
  },
};
