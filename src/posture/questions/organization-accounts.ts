/** Which accounts of the organisation Cordon does not cover, because its configuration does not name them. */
import type { Account } from '@aws-sdk/client-organizations';
import { consoleUrl } from '../console.ts';
import { answered, type Question, type Reader, usualMinutes } from '../question.ts';

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

export const organizationAccounts: Question = {
  id: 'organization-accounts',
  title: 'Accounts covered',
  reads: ['organizations:ListAccounts'],
  freshMinutes: usualMinutes,
  async atOnce(reader, scope) {
    // Asked about one account, there is nothing to be missed.
    if (scope.kind === 'one') return answered([]);
    const all = await active(reader);
    const covered = new Set(scope.accounts.map(({ id }) => id));
    const uncovered = all.filter(({ Id = '' }) => !covered.has(Id));
    return answered([
      {
        label: 'accounts of the organisation that are uncovered',
        value: uncovered.length,
        of: all.length,
        verdict: uncovered.length > 0 ? 'act' : 'fine',
        link: consoleUrl('organizationAccounts', reader.region),
        ...(uncovered.length > 0
          ? { names: uncovered.map(({ Id, Name }) => `${Name ?? 'no name'} (${Id})`) }
          : {}),
      },
    ]);
  },
};
