/** A press on an action's button: acknowledge, plan against live state, fill the modal. */

import type { Plan, Refusal } from '../actions/action.ts';
import { canonicalJson, sha256 } from '../audit/chain.ts';
import type { Case } from '../cases/case.ts';
import type { Drill } from '../drills/drill.ts';
import { inOwnWorld } from '../requests/in-own-world.ts';
import { actorOf } from '../requests/person.ts';
import { isOpen, type Request } from '../requests/request.ts';
import { requesterUser } from '../requests/requester.ts';
import type { SuppressionChoice } from '../rules/suppression-choices.ts';
import { planView } from '../slack/modals/plan.ts';
import { allowed, type Click, refuseClick, show as showView } from './click.ts';
import { DrillMismatch, drillOfCase, inDrill } from './drill/drill-of.ts';
import { suppressionChoices } from './offer-suppression.ts';
import { ownCase } from './own-case.ts';
import type { Asking } from './plan-action.ts';
import { aimOf, type Named, namedIn, planNamed } from './plan-named.ts';
import { isoIn, isoNow, type WorkerPorts } from './ports.ts';
import { tellCase } from './save-case.ts';

/** A plan that nobody submits is worth nothing after this: live state moves on. */
const offerMinutes = 15;

export const oldCard = {
  code: 'old-card',
  because: 'This button belongs to an older state of the card.',
  needed: 'the buttons of the card as it is now',
} as const;

export const askingOf = (
  click: Click,
  caseId: string,
  drill: Drill | undefined = undefined,
): Asking => ({
  drill,
  requestId: click.digest.slice(0, 32),
  caseId,
  sourceIdentity: click.person.id,
});

/** Purpose of the one open request that may exist for a target, or for what is to be hidden. */
export const purposeOf = (plan: Plan, undoes?: string): string => {
  if (undoes) return `undo:${undoes}`;
  return plan.suppresses
    ? `suppress:${sha256(canonicalJson(plan.suppresses.scope))}`
    : inOwnWorld(
        plan,
        `contain:${plan.action}:${plan.target.account}/${plan.target.region}/${plan.target.id}`,
      );
};

const alreadyAsked = async (ports: WorkerPorts, purpose: string): Promise<Request | undefined> => {
  const claim = await ports.requests.claim(purpose);
  const request = claim && (await ports.requests.get(claim.request));
  return request && isOpen(request) ? request : undefined;
};

/** Keeps what is shown, so that what comes back can be compared, and fills the modal. */
export const show = async (
  ports: WorkerPorts,
  click: Click,
  offered: {
    readonly theCase: Case;
    readonly plan: Plan;
    readonly undoes?: Request;
    /** Key of the one step that is undone. */
    readonly step?: string | undefined;
    readonly quick?: boolean;
    readonly note?: string;
    /** Of a suppression. */
    readonly choices?: readonly SuppressionChoice[];
  },
): Promise<void> => {
  const { theCase, plan, undoes, step, choices = [] } = offered;
  const waiting = await alreadyAsked(ports, purposeOf(plan, undoes?.id));
  if (waiting)
    return refuseClick(
      ports,
      click,
      {
        code: 'already-requested',
        because: `This was already requested; the request is ${waiting.state}.`,
        who: requesterUser(waiting.requestedBy),
        needed: 'the request in the thread to be approved, denied or withdrawn first',
      },
      { case: theCase.id, request: waiting.id },
    );
  const token = ports.chance.id();
  await ports.requests.offer({
    token,
    caseId: theCase.id,
    kind: undoes ? 'undo' : 'contain',
    ...(undoes ? { undoes: undoes.id, quick: offered.quick === true } : {}),
    ...(step ? { undoesStep: step } : {}),
    plan,
    ...(choices.length > 0 ? { choices } : {}),
    person: click.person,
    offeredAt: isoNow(ports.chance),
    expiresAt: isoIn(ports.chance, offerMinutes * 60_000),
  });
  await showView(
    ports,
    click,
    planView({
      plan,
      token,
      choices,
      kind: undoes ? 'undo' : 'contain',
      accountName: ports.config.accounts[plan.target.account]?.name,
      severity: theCase.severity,
      suppression: ports.config.suppression,
      quickUndo: offered.quick === true,
      ...(offered.note ? { note: offered.note } : {}),
    }),
  );
};

const notSure = {
  code: 'drill-mismatch',
  because:
    'Whether this case is a drill is told in two ways, so nothing is planned: somebody has written to a table of Cordon.',
  needed: 'a look at the audit of this case; docs/drills.md says what to compare',
} as const;

const hidesNothing = {
  code: 'drill',
  because: 'A drill hides nothing: a suppression would hide what is real.',
  needed: 'another action of the card',
} as const;

/** The record's word about the case, which has to say the same. */
const drillFor = async (
  ports: WorkerPorts,
  { id, drill }: Case,
): Promise<Drill | undefined | 'mismatch'> => {
  try {
    return await drillOfCase(ports, id, drill?.id);
  } catch (error) {
    if (error instanceof DrillMismatch) return 'mismatch';
    throw error;
  }
};

/** With the plan by hand where a person could do it; nobody does a drill's by hand. */
const refuseNamed = async (
  ports: WorkerPorts,
  click: Click,
  asked: { readonly theCase: Case; readonly found: Named; readonly asking: Asking },
  why: Refusal,
): Promise<void> => {
  const { theCase, found, asking } = asked;
  const { refuseOrShow } = await import('./show-by-hand.ts');
  const byHand = () => planNamed(ports, { ...asking, byHand: true }, theCase, found);
  await refuseOrShow(ports, click, {
    about: { case: theCase.id },
    why,
    // A playbook is refused for what all of its actions were refused for.
    ...(asking.drill ? {} : { byHand, whatever: found.kind === 'playbook' }),
  });
};

/** The case's offer is looked up in the case as it is now; the click only names it. `note` is shown with the plan. */
export const offerContainment = async (
  ports: WorkerPorts,
  click: Click,
  named: {
    readonly caseId: string;
    readonly token: string;
    readonly offer: string;
    readonly note?: string;
    /** The case was opened for this by the same person, who has acknowledged it. */
    readonly opened?: boolean;
  },
): Promise<void> => {
  const about = { case: named.caseId };
  const theCase = await ports.cases.get(named.caseId);
  const found = theCase && namedIn(theCase, named.offer);
  const target = theCase && found && aimOf(theCase, found);
  if (!(await allowed(ports, click, 'respond', about, target))) return;
  if (!theCase || !found || theCase.token !== named.token || theCase.drill?.ended)
    return refuseClick(ports, click, oldCard, about);
  const aboutFinding = found.kind === 'action' && found.offer.action.on === 'finding';
  const own = aboutFinding && ownCase(ports, click.person, theCase);
  if (own) return refuseClick(ports, click, own, about);
  if (!named.opened)
    await tellCase(ports, theCase.id, {
      kind: 'acknowledge',
      user: click.person.user,
      actor: actorOf(click.person),
    });
  await ports.wake.wake(theCase.id);
  const drill = await drillFor(ports, theCase);
  if (drill === 'mismatch') return refuseClick(ports, click, notSure, about);
  if (drill && aboutFinding) return refuseClick(ports, click, hidesNothing, about);
  const asking = askingOf(click, theCase.id, drill);
  const plan = inDrill(await planNamed(ports, asking, theCase, found), drill);
  if (plan.kind === 'refusal') return refuseNamed(ports, click, { theCase, found, asking }, plan);
  const choices =
    found.kind === 'action'
      ? await suppressionChoices(ports, {
          action: found.offer.action,
          plan,
          finding: found.finding,
          severity: theCase.severity,
        })
      : [];
  const note = named.note ? { note: named.note } : {};
  await show(ports, click, { theCase, plan, choices, ...note });
};
