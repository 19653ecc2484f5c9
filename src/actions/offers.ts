/** Which actions a case offers on which of its resources. Pure: no AWS call is made for a card. */
import { createHash } from 'node:crypto';
import type { Resource } from '../findings/finding.ts';
import type { Action, Refusal } from './action.ts';
import { actionById, actions, worksIn } from './index.ts';
import type { RoleNames } from './role-names.ts';
import { type DeployedRoles, refuseRole, roleKey } from './role-version.ts';

export interface Offer {
  /** Eight hex digits: names action and target inside one case. */
  readonly id: string;
  readonly action: Action;
  readonly target: Resource;
  /** Why the account's role does not allow it yet, where that is known. */
  readonly lacking?: Refusal;
}

const offerId = (action: Action, target: Resource): string =>
  createHash('sha256')
    .update([action.id, target.kind, target.account, target.region, target.id].join(' '))
    .digest('hex')
    .slice(0, 8);

/** A finding that no service keeps has nothing to archive; Cordon can hide what is like it. */
const standIn = (action: Action, resources: readonly Resource[]): readonly Resource[] =>
  action.expires && !resources.some(({ kind }) => kind === action.on) ? resources.slice(0, 1) : [];

/** The rule's own, then what goes with them. */
const withCompanions = (ids: readonly string[]): readonly string[] => [
  ...new Set([
    ...ids,
    ...actions
      .filter(({ offeredWith = [] }) => offeredWith.some((each) => ids.includes(each)))
      .map(({ id }) => id),
  ]),
];

/** In the rule's order, the recommended one first. */
export const offersFor = (
  actionIds: readonly string[],
  resources: readonly Resource[],
): readonly Offer[] =>
  withCompanions(actionIds).flatMap((id) => {
    const action = actionById(id);
    if (!action) return [];
    return [
      ...resources.filter((target) => target.kind === action.on && action.offeredFor(target)),
      ...standIn(action, resources),
    ].map((target) => ({ id: offerId(action, target), action, target }));
  });

/** Marks what the roles that are deployed do not allow; a click on it is still answered by what is so then. */
export const markLacking = (
  offers: readonly Offer[],
  roles: DeployedRoles,
  home: { readonly securityAccount: string; readonly roleNames?: RoleNames },
): readonly Offer[] =>
  offers.map((offer) => {
    const { account } = worksIn(offer.action, offer.target, home);
    const known = roles.get(roleKey(account, offer.action.role));
    const lacking =
      known && refuseRole(offer.action, { account, roleNames: home.roleNames }, known.version);
    return lacking ? { ...offer, lacking } : offer;
  });
