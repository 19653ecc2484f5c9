/**
 * The configuration as it is in force: with the accounts that Organizations tells. What the configuration
 * says of an account wins, field by field.
 */
import {
  type AccountDirectory,
  type DirectoryAccount,
  isActive,
} from '../organization/directory.ts';
import type { KnownAccount } from './account-settings.ts';
import type { CordonConfig } from './config.ts';
import { nearestUnit } from './responds.ts';

/** For longer than this, nobody is acted on because of a place that may not be true any more. */
const placeHours = 24;

type Settings = Pick<CordonConfig, 'units'>;

/** An active account of the organisation, as far as nothing else is said of it. */
const told = ({ name, ou, owner, reach }: DirectoryAccount): KnownAccount => ({
  name,
  ou,
  ...(owner ? { owner } : {}),
  ...(reach?.because ? { unreached: reach.because } : {}),
});

/** Leaves out what is undefined, so that it does not hide what Organizations says. */
const said = (own: KnownAccount | undefined): Partial<KnownAccount> =>
  Object.fromEntries(Object.entries(own ?? {}).filter(([, value]) => value !== undefined));

const observed = (account: KnownAccount, because: string): KnownAccount => ({
  ...account,
  response: false,
  observed: because,
});

/** Whether what may be done there hangs on the unit that it is in, and only Organizations knows that. */
const goesByPlace = ({ units }: Settings, own: KnownAccount | undefined): boolean => {
  if (own?.ou !== undefined || own?.response === false) return false;
  const paths = Object.values(units);
  return own?.response === undefined
    ? paths.some(({ response }) => response)
    : own.actions === undefined && paths.some(({ actions }) => actions);
};

/** Why it is not known where accounts are; undefined when it is. */
const lostBecause = (directory: AccountDirectory | undefined, now: number): string | undefined => {
  if (!directory?.readAt) return 'has not been read from Organizations yet';
  return now - Date.parse(directory.readAt) > placeHours * 3_600_000
    ? `was last read from Organizations at ${directory.readAt.slice(0, 16)} UTC`
    : undefined;
};

/** Undefined for one that is neither active nor in the configuration: it is unknown. */
const inForce = (
  settings: Settings,
  found: DirectoryAccount,
  { own, lost }: { readonly own: KnownAccount | undefined; readonly lost: string | undefined },
): KnownAccount | undefined => {
  const account: KnownAccount = { ...told(found), ...said(own) };
  if (!isActive(found))
    return own && observed(account, `Organizations says that it is ${found.state}.`);
  return lost && goesByPlace(settings, own)
    ? observed(account, `Where it is in the organisation ${lost}.`)
    : account;
};

/** Of the configuration, but not in the organisation: no unit speaks for it. */
const alone = (settings: Settings, own: KnownAccount, lost: string | undefined): KnownAccount =>
  goesByPlace(settings, own)
    ? observed(
        own,
        lost
          ? `Where it is in the organisation ${lost}.`
          : 'It is not in the organisation, so that no unit says what may be done there.',
      )
    : own;

/**
 * Pure. Without a directory, which could not be read, the configuration alone counts: fewer rights, never
 * more. `now`: milliseconds since 1970.
 */
export const withOrganization = (
  config: CordonConfig,
  directory: AccountDirectory | undefined,
  now: number,
): CordonConfig => {
  if (!config.deployment.organization) return config;
  const lost = lostBecause(directory, now);
  const accounts = new Map<string, KnownAccount>();
  for (const found of directory?.accounts ?? []) {
    const account = inForce(config, found, { own: config.accounts[found.id], lost });
    if (account) accounts.set(found.id, account);
  }
  for (const [id, own] of Object.entries(config.accounts))
    if (!accounts.has(id)) accounts.set(id, alone(config, own, lost));
  return {
    ...config,
    accounts: Object.fromEntries(accounts),
    directory: {
      ...(directory?.readAt ? { readAt: directory.readAt } : {}),
      ...(directory?.failing ? { failing: directory.failing } : {}),
    },
  };
};

/** The unit that a refusal names, and the actions that it allows there; undefined when none says. */
export const actionsOf = (
  { units }: Settings,
  { ou = '' }: Pick<KnownAccount, 'ou'>,
): { readonly unit: string; readonly actions: readonly string[] } | undefined => {
  const unit = nearestUnit(units, ou, 'actions');
  return unit === undefined ? undefined : { unit, actions: units[unit]?.actions ?? [] };
};
