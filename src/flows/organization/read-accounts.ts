/**
 * Reads which accounts the organisation has, what they are called, where they are and whose they are; and
 * whether Cordon's read role can be assumed there. As far as the time reaches: the next minute goes on. What
 * cannot be read leaves what is known as it is, and says so.
 */
import type { Operation } from '../../actions/aws.ts';
import { leadFinding } from '../../cases/case-findings.ts';
import {
  type AccountDirectory,
  changedAccounts,
  type DirectoryAccount,
  directoryKeptMs,
  joined,
} from '../../organization/directory.ts';
import { newWalk, type Walk } from '../../organization/walk.ts';
import { CallFailed, inWords } from '../../posture/call-failed.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { lookAfter } from './look-after.ts';
import { type Ask, walkOn } from './walk-on.ts';

export type OrganizationPorts = Pick<
  WorkerPorts,
  'aws' | 'cases' | 'chance' | 'config' | 'organization' | 'pace' | 'places' | 'wake'
>;

/**
 * Milliseconds from one reading's beginning to the next. With the five minutes that functions keep what they read, less than the hour that is promised. A reading of 200
 * accounts takes a minute or two, so that it may be had more often: an account that leaves a unit is sooner safe.
 */
const everyMs = (accounts: number): number => (accounts <= 200 ? 10 : 30) * 60_000;
/** After something failed. */
const againMs = 5 * 60_000;
/** A walk that is older is begun anew: the organisation may look otherwise by now. */
const staleMs = 60 * 60_000;
/** So many open cases are drawn again when something about their account changed. */
const mostRedrawn = 100;

/** Calls Organizations in the administrator account, at the pace that is shared with posture. */
const asking = async (ports: OrganizationPorts): Promise<Ask> => {
  const { securityAccount: account, homeRegion: region } = ports.config;
  const failed = (operation: Operation | 'sts:AssumeRole') => (error: unknown) => {
    throw new CallFailed(operation, error);
  };
  const aws = await ports.aws
    .as({ drill: undefined, role: 'read', account, region, requestId: 'organization' })
    .catch(failed('sts:AssumeRole'));
  return async (operation, input) => {
    await ports.pace.turn(operation, account, region);
    return aws.call(operation, input).catch(failed(operation));
  };
};

/** Both copies, as they were counted on from `was`. False when somebody else was faster. */
const keep = async (
  ports: OrganizationPorts,
  was: AccountDirectory | undefined,
  next: Omit<AccountDirectory, 'version'>,
): Promise<boolean> => {
  const directory = { ...next, version: (was?.version ?? 0) + 1 };
  if (!(await ports.organization.keep(directory))) return false;
  await ports.places.keep({
    ...directory,
    accounts: directory.accounts.map(({ id, name, ou, state, owner }) => ({
      ...{ id, name, ou, state },
      ...(owner ? { owner } : {}),
    })),
  });
  return true;
};

/** A little more than functions keep what they have read. */
const redrawAfterSeconds = directoryKeptMs / 1000 + 10;

/** What is drawn of them says what was known before: when all functions know the new accounts, it is drawn again. */
const redraw = async (ports: OrganizationPorts, changed: ReadonlySet<string>): Promise<void> => {
  if (changed.size === 0) return;
  for (const id of await ports.cases.open(mostRedrawn)) {
    const theCase = await ports.cases.get(id);
    if (theCase && changed.has(leadFinding(theCase).account))
      await ports.wake.wake(id, redrawAfterSeconds);
  }
};
const isOver = ({ waiting }: Walk): boolean => waiting.length === 0;

/** The walk to go on with: the one that is under way, else a new one when it is time. */
const walkNow = (ports: OrganizationPorts, walk: Walk | undefined): Walk => {
  const age = walk ? ports.chance.now() - Date.parse(walk.startedAt) : Number.POSITIVE_INFINITY;
  const again = !walk || age >= (isOver(walk) ? everyMs(walk.found.length) : staleMs);
  return again ? newWalk(isoNow(ports.chance), (walk?.version ?? 0) + 1) : walk;
};

/** The accounts that a walk found, joined with what is known; throws rather than to forget them all. */
const accountsOf = (
  known: AccountDirectory | undefined,
  walk: Walk,
): readonly DirectoryAccount[] => {
  if (walk.found.length === 0) throw new Empty();
  return known?.readAt === walk.startedAt ? known.accounts : joined(known, walk.found);
};

/** There is always the management account. */
class Empty extends Error {}

const whyNot = (error: unknown): string =>
  error instanceof Empty ? 'Organizations named no account' : inWords(error);

const readOn = async (ports: OrganizationPorts, until: number): Promise<void> => {
  const known = await ports.organization.get();
  const ask = await asking(ports);
  const isTime = () => ports.chance.now() < until;
  const before = walkNow(ports, await ports.organization.walk());
  const walk = isOver(before) ? before : await walkOn(ask, before, isTime);
  if (walk !== before) await ports.organization.keepWalk({ ...walk, version: before.version + 1 });
  // The next minute goes on: it is still due.
  if (!isOver(walk)) return;
  const { accounts, because, left } = await lookAfter(ports, ask, {
    accounts: accountsOf(known, walk),
    since: walk.startedAt,
    isTime,
  });
  const now = isoNow(ports.chance);
  const failing = because && { since: known?.failing?.since ?? now, because };
  const kept = await keep(ports, known, {
    readAt: walk.startedAt,
    accounts,
    ...(failing ? { failing } : {}),
  });
  if (!kept) return;
  await redraw(ports, changedAccounts(known, accounts));
  if (failing) await ports.organization.setDue(isoIn(ports.chance, againMs));
  else if (!left)
    await ports.organization.setDue(
      new Date(Date.parse(walk.startedAt) + everyMs(accounts.length)).toISOString(),
    );
};

/** `until`: when to leave the rest for the next minute; milliseconds since 1970. */
export const readAccounts = async (ports: OrganizationPorts, until: number): Promise<void> => {
  if (!ports.config.deployment.organization) return;
  try {
    await readOn(ports, until);
  } catch (error) {
    if (!(error instanceof CallFailed || error instanceof Empty)) throw error;
    const known = await ports.organization.get();
    const failing = {
      since: known?.failing?.since ?? isoNow(ports.chance),
      because: whyNot(error),
    };
    await keep(ports, known, { ...(known ?? { accounts: [] }), failing });
    await ports.organization.setDue(isoIn(ports.chance, againMs));
  }
};
