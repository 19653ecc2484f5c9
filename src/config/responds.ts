/**
 * Where Cordon may act, by account and organisational unit. What an account says of itself counts, else
 * what the nearest unit above it says; nobody who says nothing is acted on.
 */
import type { AccountSettings, UnitSettings } from './account-settings.ts';
import type { CordonConfig } from './config.ts';

type Units = CordonConfig['units'];

/** Whether nothing speaks against it that there is such an account: Organizations may tell those that are not here. */
export const mayKnow = (
  { accounts, deployment }: Pick<CordonConfig, 'accounts' | 'deployment'>,
  id: string,
): boolean => deployment.organization !== undefined || Object.hasOwn(accounts, id);

/** The nearest unit above that says something of this, by its path. */
export const nearestUnit = (
  units: Units,
  ou: string,
  about: keyof UnitSettings,
): string | undefined =>
  Object.keys(units)
    .filter((path) => units[path]?.[about] !== undefined && `${ou}/`.startsWith(`${path}/`))
    .toSorted((a, b) => b.length - a.length)[0];

/** Where an account is missing that nothing is known of: `not in the configuration`. */
export const unknownTo = ({ deployment }: Pick<CordonConfig, 'deployment'>): string =>
  deployment.organization
    ? 'neither in the configuration nor, as far as it was read, in the organisation'
    : 'not in the configuration';

/** Whether anything may be changed there at all. */
export const responds = (
  { units }: Pick<CordonConfig, 'units'>,
  { response, ou = '' }: Pick<AccountSettings, 'response' | 'ou'>,
): boolean => {
  if (response !== undefined) return response;
  const unit = nearestUnit(units, ou, 'response');
  return unit !== undefined && units[unit]?.response === true;
};
