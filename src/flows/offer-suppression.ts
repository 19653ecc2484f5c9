/** What may be suppressed from a case, each choice with what it would have hidden until now. */
import type { Action, Plan, Refusal } from '../actions/action.ts';
import type { Offer } from '../actions/offers.ts';
import { planWithoutArchive, suppressionPlan } from '../actions/suppression-plan.ts';
import type { CordonConfig } from '../config/config.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { tierOf } from '../requests/tiers.ts';
import { decide } from '../rules/decide.ts';
import {
  onlyThisFinding,
  type ScopeChoice,
  type SuppressionChoice,
  scopeChoices,
} from '../rules/suppression-choices.ts';
import { type PreviewCase, previewDays, previewOf, termsOf } from '../rules/suppression-preview.ts';
import { suppressionDays } from '../slack/modals/suppression-days.ts';
import type { OfferedPlan } from '../store/requests-table.ts';
import { isoIn, type WorkerPorts } from './ports.ts';

/** A finding that cannot be archived, for whatever reason, can still be hidden by Cordon. */
export const orWithoutArchive = (
  config: CordonConfig,
  { action, target }: Offer,
  plan: Plan | Refusal,
): Plan | Refusal =>
  plan.kind === 'refusal' && action.expires
    ? planWithoutArchive({ action: action.id, target, tier: tierOf(config, action, target) }, plan)
    : plan;

/** Undefined when they cannot be read: people are then told that there is no preview. */
const recentCases = async (ports: WorkerPorts): Promise<readonly PreviewCase[] | undefined> => {
  try {
    return await ports.recentCases(isoIn(ports.chance, -previewDays * 86_400_000));
  } catch {
    return undefined;
  }
};

/** As ingest will decide it: a rule may have raised it above what the source says. */
const decidedSeverity =
  (config: CordonConfig) =>
  (finding: Finding): Severity => {
    const decision = decide(finding, config);
    return decision.kind === 'drop' ? finding.severity : decision.severity;
  };

const withTerms = (
  config: CordonConfig,
  { code, label, scope }: ScopeChoice,
  seen: { readonly finding: Finding; readonly cases: readonly PreviewCase[] | undefined },
): SuppressionChoice => {
  const severityOf = decidedSeverity(config);
  const cases = seen.cases ?? [];
  const terms = termsOf(scope, { finding: seen.finding, cases }, severityOf);
  return {
    code,
    label,
    terms,
    mostDays: Math.max(
      ...suppressionDays({ severity: terms.ceiling, suppression: config.suppression }),
    ),
    ...(seen.cases ? { preview: previewOf(scope, cases, severityOf) } : {}),
  };
};

/** None for an action that is not a suppression. */
export const suppressionChoices = async (
  ports: WorkerPorts,
  about: {
    readonly action: Action;
    readonly plan: Plan;
    readonly finding: Finding;
    readonly severity: Severity;
  },
): Promise<readonly SuppressionChoice[]> => {
  const { action, plan, finding, severity } = about;
  const { config } = ports;
  if (!action.expires) return [];
  const cases = await recentCases(ports);
  const mostDays = Math.max(...suppressionDays({ severity, suppression: config.suppression }));
  return [
    ...(plan.changes.length > 0
      ? [{ code: onlyThisFinding, label: 'Just this finding', mostDays }]
      : []),
    ...scopeChoices(finding).map((choice) => withTerms(config, choice, { finding, cases })),
  ];
};

/** The choice that was made, among those that were shown; undefined for any other. */
export const chosen = (
  { choices = [] }: Pick<OfferedPlan, 'choices'>,
  scope: string | undefined,
): SuppressionChoice | undefined => choices.find(({ code }) => code === scope);

/** The plan that people agree to when they submit: what was offered, with the choice in it. */
export const asChosen = (
  offered: OfferedPlan,
  { scope, archive }: { readonly scope?: string; readonly archive?: boolean },
): OfferedPlan => {
  const terms = chosen(offered, scope)?.terms;
  const { plan } = offered;
  return terms
    ? {
        ...offered,
        plan: suppressionPlan(plan, terms, archive === true && plan.changes.length > 0),
      }
    : offered;
};
