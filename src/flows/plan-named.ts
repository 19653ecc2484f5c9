/** What a control of a card named, planned with the read role within what the configuration allows. */
import type { Plan, Refusal } from '../actions/action.ts';
import { type Offer, offersFor } from '../actions/offers.ts';
import type { Case } from '../cases/case.ts';
import {
  caseActions,
  caseFindings,
  caseResources,
  caseSituation,
  leadFinding,
  mainResource,
} from '../cases/case-findings.ts';
import { addressesOf } from '../findings/addresses.ts';
import type { Finding, Resource } from '../findings/finding.ts';
import { playbookOffer } from '../playbooks/offers.ts';
import type { Playbook } from '../playbooks/playbook.ts';
import { wantedOf } from '../playbooks/steps.ts';
import type { Target } from '../requests/scope.ts';
import { gateSample, gateTarget } from './gate-target.ts';
import { orWithoutArchive } from './offer-suppression.ts';
import { type Asking, planAction } from './plan-action.ts';
import { planPlaybook } from './plan-playbook.ts';
import type { WorkerPorts } from './ports.ts';

/** Where offers of a case come from: its decision and its resources as stored, never the click. */
export const caseOffers = (theCase: Case): readonly Offer[] =>
  offersFor(caseActions(theCase), caseResources(theCase));

const findingOf = (theCase: Case, target: Resource) =>
  caseFindings(theCase).find((finding) =>
    [...finding.resources, ...addressesOf(finding)].some(
      (resource) => resource.id === target.id && resource.kind === target.kind,
    ),
  );

/** What a button named, in the case as it is now: an action on a resource, or the playbook. */
export type Named =
  | { readonly kind: 'action'; readonly offer: Offer; readonly finding: Finding }
  | { readonly kind: 'playbook'; readonly playbook: Playbook };

export const namedIn = (theCase: Case, id: string): Named | undefined => {
  const offer = caseOffers(theCase).find((one) => one.id === id);
  const finding = offer && findingOf(theCase, offer.target);
  if (finding) return { kind: 'action', offer, finding };
  const whole = playbookOffer(caseSituation(theCase));
  return whole?.id === id ? { kind: 'playbook', playbook: whole.playbook } : undefined;
};

/** What the person has to be allowed to act on; the plan itself is asked about again when it is submitted. */
export const aimOf = (theCase: Case, named: Named): Target =>
  named.kind === 'action'
    ? { resource: named.offer.target, actions: [named.offer.action.id] }
    : {
        resource: mainResource(leadFinding(theCase)) ?? leadFinding(theCase),
        actions: [
          ...new Set(
            wantedOf(named.playbook, caseResources(theCase)).map(({ action }) => action.id),
          ),
        ],
      };

export const planNamed = (
  ports: WorkerPorts,
  asking: Asking,
  theCase: Case,
  named: Named,
): Plan | Refusal | Promise<Plan | Refusal> => {
  if (named.kind === 'playbook')
    return planPlaybook(ports, asking, { playbook: named.playbook, theCase });
  const { offer, finding } = named;
  return (
    (asking.byHand
      ? gateSample(ports.config, finding)
      : gateTarget(ports.config, offer, finding)) ??
    planAction(ports, asking, offer).then((plan) => orWithoutArchive(ports.config, offer, plan))
  );
};
