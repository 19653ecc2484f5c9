/**
 * A person's own wish to contain something, where no case offers it: it joins the open case about the
 * thing, or opens one; then it is planned and offered there, as a button of its card would.
 */
import type { Action, Refusal } from '../actions/action.ts';
import type { Offer } from '../actions/offers.ts';
import { aboutOf } from '../cases/about.ts';
import { type Case, caseIdOf } from '../cases/case.ts';
import { type Arrival, fold, openCase } from '../cases/fold.ts';
import { manualDecision, manualFinding } from '../cases/manual.ts';
import type { Resource } from '../findings/finding.ts';
import { routeOf } from '../rules/route.ts';
import type { CardDecision } from '../rules/rule.ts';
import { priorities } from '../store/dirty.ts';
import { allowed, type Click } from './click.ts';
import { gateAccount } from './gate-target.ts';
import { askingOf, offerContainment } from './offer-plan.ts';
import { type Asking, planAction } from './plan-action.ts';
import { isoNow, type WorkerPorts } from './ports.ts';
import { changeCase } from './save-case.ts';

interface ManualArrival extends Arrival {
  readonly decision: CardDecision;
  readonly case: string;
}

interface Wanted {
  readonly action: Action;
  readonly target: Resource;
  readonly offer: Offer;
}

/** Acknowledged from its beginning; named as its owner, whoever asked would be pinged by their own card. */
const openManual = async (ports: WorkerPorts, click: Click, arrival: ManualArrival) => {
  const { case: id, finding, receivedAt: at } = arrival;
  const opening = { id, groupKey: arrival.decision.groupKey, token: ports.chance.id() };
  const fresh: Case = {
    ...openCase(opening, arrival),
    acknowledged: { by: click.person.user, at },
    firstAcknowledgedAt: at,
  };
  await changeCase(ports, id, {
    priority: () => priorities.human,
    first: () => ports.about.put(id, at, aboutOf(finding)),
    next: (current) => (current ? undefined : fresh),
  });
};

/** Nothing is opened for what cannot be planned: a misspelt id is no case. */
const refusalOf = async (
  ports: WorkerPorts,
  asking: Asking,
  { action, target, offer }: Wanted,
): Promise<Refusal | undefined> => {
  const gated = gateAccount(ports.config, { action, target });
  const plan = gated ?? (await planAction(ports, asking, offer));
  return plan.kind === 'refusal' ? plan : undefined;
};

/** The wish of a person joins the case that is about the thing, or opens one; then it is offered there. */
export const wish = async (
  ports: WorkerPorts,
  click: Click,
  wanted: Wanted,
  known: Case | undefined,
): Promise<void> => {
  const { action, target, offer } = wanted;
  const about = known ? { case: known.id } : {};
  // Here already: a case is opened by nobody who may not ask for this.
  if (!(await allowed(ports, click, 'respond', about, { resource: target, actions: [action.id] })))
    return;
  const at = isoNow(ports.chance);
  const by = click.person.name ?? click.person.user;
  const finding = manualFinding({ action, target, id: click.digest.slice(0, 32), by, at });
  const caseId = known?.id ?? caseIdOf(finding.canonicalId);
  const asking = askingOf(click, caseId);
  const refusal = await refusalOf(ports, asking, wanted);
  if (refusal) {
    const { refuseOrShow } = await import('./show-by-hand.ts');
    const byHand = () => planAction(ports, { ...asking, byHand: true }, offer);
    return refuseOrShow(ports, click, { about, why: refusal, byHand });
  }
  const { channel } = routeOf(finding, finding.severity, ports.config);
  const decision = manualDecision({ action, channel, groupKey: `manual/${caseId}` });
  const arrival = { case: caseId, finding, receivedAt: at };
  if (known)
    await changeCase(ports, caseId, {
      priority: () => priorities.human,
      next: (current) =>
        current &&
        fold(current, { ...arrival, decision: { ...decision, severity: known.severity } }),
    });
  else await openManual(ports, click, { ...arrival, decision });
  const theCase = await ports.cases.get(caseId);
  if (!theCase) throw new Error(`case ${caseId} was not written`);
  await offerContainment(ports, click, {
    caseId,
    token: theCase.token,
    offer: offer.id,
    opened: !known,
    note: known
      ? `It joins case ${caseId}: ${known.decision.title}`
      : `It opens case ${caseId}: no open case is about this.`,
  });
};
