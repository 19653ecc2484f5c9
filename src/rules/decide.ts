/** Does it matter: from a finding to what is done about it, with the reason. */
import { atLeast, type Finding, type Severity, type Source } from '../findings/finding.ts';
import { originName } from '../findings/services.ts';
import { groupingOf } from './grouping.ts';
import { type RouteSettings, routeOf } from './route.ts';
import type { CardDecision, Decision, DropDecision, Rule } from './rule.ts';

/** The part of the configuration that decides. */
export interface DecideSettings extends Omit<RouteSettings, 'now'> {
  /** In the order in which they are asked; the first that matches decides. */
  readonly rules: readonly Rule[];
  readonly severity: {
    readonly mention: Severity;
    readonly card: Severity;
    /** From here on, and below `card`, findings are told in the digest; none are when absent. */
    readonly digest?: Severity;
  };
  /** Whose findings become cards; every source's when absent. */
  readonly sources?: readonly Source[];
}

/** The rule id in decisions about findings that no rule knows. */
const noRule = 'no-rule';
const longestTitle = 60;

export interface Match {
  readonly rule?: Rule;
  /** Every rule that was asked, in order; a rule whose predicate threw has `failed`. */
  readonly asked: readonly {
    readonly id: string;
    readonly answer: 'matched' | 'no match' | 'failed';
  }[];
}

/** The first rule that matches. A rule that throws must not cost the finding: the next is asked. */
export const firstMatch = (finding: Finding, rules: readonly Rule[]): Match => {
  const asked: { readonly id: string; readonly answer: 'matched' | 'no match' | 'failed' }[] = [];
  for (const rule of rules) {
    const answer = answerOf(rule, finding);
    asked.push({ id: rule.id, answer });
    if (answer === 'matched') return { rule, asked };
  }
  return { asked };
};

const answerOf = (rule: Rule, finding: Finding): Match['asked'][number]['answer'] => {
  try {
    return rule.when(finding) ? 'matched' : 'no match';
  } catch {
    return 'failed';
  }
};

/**
 * A card from `severity.card` on, quietly when its source archived it; a line of the digest from
 * `severity.digest` on, or where the rule or the route says so; else dropped. Findings that no rule
 * knows keep their own title. `title` may then hold text of the finding: draw it as untrusted. `now`
 * (milliseconds since 1970) is for quiet hours; without it there are none.
 */
export const decide = (finding: Finding, settings: DecideSettings, now?: number): Decision => {
  const { rule, asked } = firstMatch(finding, settings.rules);
  const severity = rule?.severity ?? finding.severity;
  const words = rule ? fromRule(rule) : withoutRule(finding);
  const over = finding.archived ? ({ over: true } as const) : {};
  const dropped = droppedBecause(finding, severity, settings);
  if (dropped) return { kind: 'drop', rule: words.rule, because: dropped, ...over };
  const failed = asked.filter(({ answer }) => answer === 'failed').map((one) => one.id);
  const { card } = settings.severity;
  const {
    because: routed,
    outcome: wanted,
    ...place
  } = routeOf(finding, severity, { ...settings, now }, rule);
  const outcome = wanted ?? rule?.outcome ?? (atLeast(severity, card) ? 'card' : 'digest');
  const because = [
    rule?.because ?? `No rule knows this type; everything from ${floorOf(settings)} up is shown.`,
    ...(outcome === 'digest' ? [digestReason(severity, card, { wanted, rule })] : []),
    ...(finding.archived ? [`It is already archived in ${originName(finding.source)}.`] : []),
    ...failed.map((broken) => `Rule ${broken} could not be evaluated.`),
    ...(outcome === 'card' || wanted ? routed : []),
  ].join(' ');
  if (outcome === 'digest')
    return { kind: 'digest', rule: words.rule, title: words.title, severity, because, ...over };
  return {
    kind: 'card',
    ...words,
    severity,
    ...place,
    groupKey: groupKeyOf(finding, rule),
    because,
  };
};

const groupKeyOf = (finding: Finding, rule: Rule | undefined): string =>
  groupingOf(finding, rule).own[0] ?? `finding/${finding.canonicalId}`;

/** The least severity that is told at all. */
const floorOf = ({ severity: { card, digest = card } }: DecideSettings): Severity =>
  atLeast(digest, card) ? card : digest;

const droppedBecause = (
  { source }: Finding,
  severity: Severity,
  settings: DecideSettings,
): DropDecision['because'] | undefined => {
  if (settings.sources && source !== 'manual' && !settings.sources.includes(source))
    return `${originName(source)} is switched off: add '${source}' to \`sources\` in cordon.config.ts`;
  const floor = floorOf(settings);
  const what = floor === settings.severity.card ? 'a card' : 'the digest';
  return atLeast(severity, floor)
    ? undefined
    : `${severity} is below ${floor}, the least for ${what}`;
};

const digestReason = (
  severity: Severity,
  card: Severity,
  by: { readonly wanted: string | undefined; readonly rule: Rule | undefined },
): string => {
  if (by.wanted) return 'Only in the digest, by its route.';
  if (by.rule?.outcome) return 'Only in the digest, by its rule.';
  return `Only in the digest: ${severity} is below ${card}, the least for a card.`;
};

type Words = Pick<CardDecision, 'rule' | 'title' | 'actions' | 'atRisk' | 'runbook' | 'attack'>;

const fromRule = (rule: Rule): Words => ({
  rule: rule.id,
  title: rule.title,
  actions: rule.actions,
  atRisk: rule.atRisk,
  attack: rule.attack,
  ...(rule.runbook !== undefined && { runbook: rule.runbook }),
});

const withoutRule = (finding: Finding): Words => ({
  rule: noRule,
  title: shortened(finding.title) || shortened(finding.type) || 'Finding without a title',
  actions: ['suppress-finding'],
  atRisk: 'Not known: read what the service says about this type.',
  attack: [],
});

/** One line of at most 60 characters, as a card's header takes it, cut between words where there is a space. */
export const shortened = (title: string): string => {
  const line = title.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= longestTitle) return line;
  const cut = Array.from(line.slice(0, longestTitle)).slice(0, -1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > longestTitle / 2 ? cut.slice(0, space) : cut}…`;
};
