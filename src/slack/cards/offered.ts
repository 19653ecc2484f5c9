/** Which actions a case still offers, and how their controls are named. */
import type { Offer } from '../../actions/offers.ts';
import { partsOf } from '../../actions/parts.ts';
import type { PlaybookOffer } from '../../playbooks/offers.ts';
import { isChanged, isOpen, type Request } from '../../requests/request.ts';
import { controls } from '../controls.ts';

/** What failed, or was changed since, can be tried again; what waits, runs or is in force cannot be asked for twice. */
const inTheWay = (request: Request): boolean =>
  isOpen(request) ||
  (request.state === 'contained' && !isChanged(request)) ||
  request.state === 'undo-failed';

export const recommended = (
  requests: readonly Request[],
  offers: readonly Offer[],
): readonly Offer[] => {
  const taken = requests.filter(inTheWay);
  return offers.filter(
    ({ action, target }) =>
      !taken.some(({ plan }) =>
        partsOf(plan).some(
          (part) => part.action.id === action.id && part.basis.target.id === target.id,
        ),
      ),
  );
};

/** Nothing while it waits, runs or is in force. */
export const recommendedPlaybook = (
  requests: readonly Request[],
  offer: PlaybookOffer | undefined,
): PlaybookOffer | undefined =>
  requests.some((request) => inTheWay(request) && request.plan.action === offer?.playbook.id)
    ? undefined
    : offer;

/** Slack knows no disabled button: its label says what is missing, and so does a click. */
const lackingLabel = ({ action, lacking }: Offer): string => {
  if (!lacking) return '';
  return lacking.code === 'role-missing'
    ? ' (role missing)'
    : ` (role version ${action.needsRoleVersion ?? 1} needed)`;
};

/** `Isolate instance`, or with the id where several targets would look the same. */
export const offerLabel = (offer: Offer, offers: readonly Offer[]): string => {
  const several = offers.filter(({ action }) => action.id === offer.action.id).length > 1;
  return `${offer.action.label}${several ? ` ${offer.target.id}` : ''}${lackingLabel(offer)}`;
};

/** What to update for the actions that the account's roles do not allow yet, once for each role. */
export const lackingLines = (offers: readonly Offer[]): readonly string[] => [
  ...new Set(
    offers.flatMap(({ lacking }) => (lacking ? `${lacking.because} ${lacking.instead}` : [])),
  ),
];

/** `plan:` and the action; a second target of the same action adds its offer's id. */
export const controlOf = ({ action, id }: Offer, before: readonly Offer[]): string =>
  before.some((other) => other.action.id === action.id)
    ? `${controls.plan}${action.id}:${id}`
    : `${controls.plan}${action.id}`;
