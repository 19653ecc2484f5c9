/**
 * Reading an organisation from its root down, page by page: two lists for each unit, of the units in it and
 * of the accounts in it. That is fewer calls than to ask for each account's parents, and what is read when
 * time is up is kept for the next one who goes on.
 * https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html
 */
import type { DirectoryAccount } from './directory.ts';

type Found = Pick<DirectoryAccount, 'id' | 'name' | 'ou' | 'state'>;

/** One page to ask for. */
export interface Step {
  readonly list: 'roots' | 'units' | 'accounts';
  /** Id of the root or unit; empty for the list of roots. */
  readonly parent: string;
  /** Where that is, as names. */
  readonly path: string;
  /** NextToken of the page before. */
  readonly next?: string;
}

export interface Walk {
  readonly version: number;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** Pages that are not read yet; none when the walk is over. */
  readonly waiting: readonly Step[];
  readonly found: readonly Found[];
}

/** What a page says. */
export interface Page {
  readonly parents?: readonly { readonly id: string; readonly name: string }[];
  readonly accounts?: readonly Omit<Found, 'ou'>[];
  readonly next?: string | undefined;
}

export const newWalk = (startedAt: string, version: number): Walk => ({
  version,
  startedAt,
  waiting: [{ list: 'roots', parent: '', path: '' }],
  found: [],
});

/** A unit's own name may hold a slash: written so, it cannot pass for a unit in another one. */
const inPath = (name: string): string => name.replaceAll('%', '%25').replaceAll('/', '%2F');

const below = ({ list, path }: Step, name: string): string => {
  if (list === 'roots') return '';
  return path ? `${path}/${inPath(name)}` : inPath(name);
};

/** An account that is moved while it is read may come twice: the later page counts. */
const together = (found: readonly Found[], more: readonly Found[]): readonly Found[] => [
  ...new Map([...found, ...more].map((account) => [account.id, account])).values(),
];

/** The walk after the first of its waiting steps was answered. */
export const afterPage = (walk: Walk, page: Page): Walk => {
  const [step, ...others] = walk.waiting;
  if (!step) return walk;
  const { parents = [], accounts = [], next } = page;
  return {
    ...walk,
    found: together(
      walk.found,
      accounts.map((account) => ({ ...account, ou: step.path })),
    ),
    waiting: [
      ...(next ? [{ ...step, next }] : []),
      ...others,
      ...parents.flatMap(({ id, name }): readonly Step[] => {
        const path = below(step, name);
        return [
          { list: 'accounts', parent: id, path },
          { list: 'units', parent: id, path },
        ];
      }),
    ],
  };
};
