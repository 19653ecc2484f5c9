/**
 * What the configuration lets run by itself in a case, decided once: nothing, what it would have done
 * (shadow), why it does not, or a request that counts down or starts. Only worker's tasks come here;
 * no click does.
 */
import { type Plan, type Refusal, refuse } from '../../actions/action.ts';
import { partsOf, planTitle } from '../../actions/parts.ts';
import { refuseUnattended } from '../../actions/unattended.ts';
import { type Automated, type Case, isActive } from '../../cases/case.ts';
import { caseFindings, caseSituation, leadFinding } from '../../cases/case-findings.ts';
import { untrusted } from '../../findings/finding.ts';
import { playbookOffer } from '../../playbooks/offers.ts';
import { unattended } from '../../playbooks/unattended.ts';
import { type Held, type HeldCode, held, heldByPlan } from '../../requests/automation.ts';
import { words } from '../../requests/plan-hash.ts';
import { ruleActor } from '../../requests/requester.ts';
import { calledAt } from '../../rules/on-call.ts';
import { gateTarget } from '../gate-target.ts';
import { type Asking, planAction } from '../plan-action.ts';
import { caseOffers } from '../plan-named.ts';
import { planPlaybook } from '../plan-playbook.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { putRequest, requestIdOf } from '../put-request.ts';
import { tellCase } from '../save-case.ts';
import { aboutOf, type Entry, entryFor } from './entry-for.ts';
import { switchHolds } from './held-automation.ts';
import { heldByCase } from './held-by-case.ts';
import { launchDue } from './launch.ts';

const notPlanned = (because: string): Refusal =>
  refuse('not-supported', because, 'Decide on the card.');

/** The plan of what the entry names, as far as it may run without people. */
const planFor = async (
  ports: WorkerPorts,
  asking: Asking,
  theCase: Case,
  { action }: Entry,
): Promise<Plan | Refusal> => {
  if (action) {
    const offer = caseOffers(theCase).find((one) => one.action.id === action);
    const finding =
      offer &&
      caseFindings(theCase).find(({ resources }) =>
        resources.some(({ kind, id }) => kind === offer.target.kind && id === offer.target.id),
      );
    if (!offer) return notPlanned(`The case names nothing that ${action} works on.`);
    return (
      gateTarget(ports.config, offer, finding ?? leadFinding(theCase)) ??
      (await planAction(ports, asking, offer))
    );
  }
  const offer = playbookOffer(caseSituation(theCase));
  const playbook = offer && unattended(offer.playbook);
  if (!playbook)
    return notPlanned(
      offer
        ? `“${offer.playbook.title}” needs people at every step.`
        : 'No playbook is recommended for this case.',
    );
  return planPlaybook(ports, asking, { playbook, theCase, fits: refuseUnattended });
};

/** What can be said before AWS is asked anything. A shadow says what it would do whatever the budget is. */
const heldBefore = async (
  ports: WorkerPorts,
  theCase: Case,
  entry: Entry,
): Promise<Held | undefined> => {
  const byCase = heldByCase(ports.config, theCase);
  if (byCase || entry.mode === 'shadow') return byCase;
  const { account } = aboutOf(theCase);
  if (!ports.config.automation.accounts.includes(account))
    return held(
      'account-not-allowed',
      `Account ${account} is not among the accounts in which something may run by itself.`,
    );
  return switchHolds(ports, account);
};

type Decided = { readonly kind: 'plan'; readonly plan: Plan } | (Held & { readonly plan?: Plan });

const decide = async (ports: WorkerPorts, theCase: Case, entry: Entry): Promise<Decided> => {
  const before = await heldBefore(ports, theCase, entry);
  if (before) return before;
  const asking = {
    drill: undefined,
    requestId: requestIdOf(tokenOf(theCase, entry)),
    caseId: theCase.id,
    sourceIdentity: 'cordon-automation',
  };
  const plan = await planFor(ports, asking, theCase, entry);
  if (plan.kind === 'refusal') return held('not-planned', `${plan.because} ${plan.instead}`);
  const settings =
    entry.mode === 'shadow'
      ? { ...ports.config.automation, accounts: Object.keys(ports.config.accounts) }
      : ports.config.automation;
  const why = heldByPlan(settings, plan);
  return why ? { ...why, plan } : { kind: 'plan', plan };
};

/** The same case and entry always make the same request. */
const tokenOf = (theCase: Case, entry: Entry): string => `automation-${theCase.id}-${entry.id}`;

const record = async (
  ports: WorkerPorts,
  theCase: Case,
  entry: Entry,
  said: {
    readonly outcome: Automated['outcome'];
    readonly because: string;
    readonly plan?: Plan | undefined;
    readonly code?: HeldCode;
    readonly request?: string;
  },
): Promise<void> => {
  const { outcome, because, plan, code, request } = said;
  await tellCase(ports, theCase.id, {
    kind: 'automate',
    automated: {
      at: isoNow(ports.chance),
      entry: entry.id,
      mode: entry.mode,
      runs: plan?.action ?? entry.action ?? 'playbook',
      title: plan ? planTitle(plan) : (entry.action ?? 'the recommended playbook'),
      actions: plan ? partsOf(plan).map(({ action }) => action.id) : [],
      outcome,
      because: untrusted(because.slice(0, 500)),
      lines: (plan?.changes ?? [])
        .slice(0, 12)
        .map(({ label, before, after }) =>
          untrusted(`${label}: ${words(before)} → ${words(after)}`.slice(0, 300)),
        ),
      ...(code ? { code } : {}),
      ...(request ? { request } : {}),
    },
  });
};

/** Announced to whoever a new card about it would call. */
const ask = async (
  ports: WorkerPorts,
  theCase: Case,
  entry: Entry & { readonly mode: 'veto' | 'auto' },
  plan: Plan,
): Promise<void> => {
  const token = tokenOf(theCase, entry);
  const { vetoSeconds } = ports.config.automation;
  const runsAt = isoIn(ports.chance, entry.mode === 'veto' ? vetoSeconds * 1000 : 0);
  const { decision } = theCase;
  const put = await putRequest(
    ports,
    {
      token,
      caseId: theCase.id,
      kind: 'contain',
      plan,
      person: ruleActor(entry.id, decision.rule),
      automation: { mode: entry.mode, about: aboutOf(theCase), runsAt },
      offeredAt: isoNow(ports.chance),
      expiresAt: runsAt,
    },
    {
      submission: {
        token,
        reason: { code: 'automation', label: decision.because, text: '' },
      },
      authority: `automation.rules: ${entry.id}, mode ${entry.mode}`,
      ask: decision.mention
        ? (decision.onCall ?? calledAt(ports.config.onCall, ports.chance.now()))
        : [],
    },
  );
  if (put.kind === 'taken')
    return record(ports, theCase, entry, {
      outcome: 'held',
      code: 'already-requested',
      because: 'Somebody has asked for the same already.',
      plan,
    });
  await record(ports, theCase, entry, {
    outcome: 'asked',
    because: plan.summary,
    plan,
    request: put.request.id,
  });
  await launchDue(ports, put.request);
};

/** Once a case, when worker is told that it is due. Repeatable: a job may die at any moment. */
export const decideAutomation = async (ports: WorkerPorts, { id }: Case): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase?.automationDue || theCase.automated) return;
  const entry = entryFor(ports.config, theCase);
  if (!entry || !isActive(theCase)) {
    await tellCase(ports, id, { kind: 'automate' });
    return;
  }
  const decided = await decide(ports, theCase, entry);
  if (decided.kind === 'held')
    return record(ports, theCase, entry, {
      outcome: 'held',
      code: decided.code,
      because: decided.because,
      plan: decided.plan,
    });
  const { plan } = decided;
  const { mode } = entry;
  switch (mode) {
    case 'shadow':
      return record(ports, theCase, entry, { outcome: 'shadow', because: plan.summary, plan });
    case 'veto':
    case 'auto':
      return ask(ports, theCase, { ...entry, mode }, plan);
    default:
      return mode satisfies never;
  }
};
