/** Goes on reading an organisation, page after page, until it is read or the time is up. */
import type { Operations } from '../../actions/aws.ts';
import type { organizationReads } from '../../organization/reads.ts';
import { afterPage, type Page, type Step, type Walk } from '../../organization/walk.ts';

/** Nothing else of AWS is called. */
export type Ask = <O extends (typeof organizationReads)[number]>(
  operation: O,
  input: Operations[O][0],
) => Promise<Operations[O][1]>;

type Named = { readonly Id?: string | undefined; readonly Name?: string | undefined };

const named = (found: readonly Named[] | undefined) =>
  (found ?? []).flatMap(({ Id, Name = '' }) => (Id ? [{ id: Id, name: Name }] : []));

const read = async (ask: Ask, { list, parent, next }: Step): Promise<Page> => {
  const from = next ? { NextToken: next } : {};
  switch (list) {
    case 'roots': {
      const page = await ask('organizations:ListRoots', from);
      return { parents: named(page.Roots), next: page.NextToken };
    }
    case 'units': {
      const page = await ask('organizations:ListOrganizationalUnitsForParent', {
        ParentId: parent,
        ...from,
      });
      return { parents: named(page.OrganizationalUnits), next: page.NextToken };
    }
    case 'accounts': {
      const page = await ask('organizations:ListAccountsForParent', { ParentId: parent, ...from });
      // `Status` is what the API had before `State`.
      const accounts = (page.Accounts ?? []).flatMap(({ Id, Name, State, Status }) =>
        Id ? [{ id: Id, name: Name || Id, state: State ?? Status ?? 'UNKNOWN' }] : [],
      );
      return { accounts, next: page.NextToken };
    }
    default:
      return list satisfies never;
  }
};

export const walkOn = async (ask: Ask, from: Walk, isTime: () => boolean): Promise<Walk> => {
  let walk = from;
  while (isTime()) {
    const [step] = walk.waiting;
    if (!step) return walk;
    walk = afterPage(walk, await read(ask, step));
  }
  return walk;
};
