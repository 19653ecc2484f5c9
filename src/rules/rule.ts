/** A detection as code: one file, one exported rule, its own examples. */
import type { Finding, Severity, Source } from '../findings/finding.ts';

interface RuleExample {
  /** A sentence. */
  readonly name: string;
  /** An EventBridge event, as AWS sends it, with synthetic ids. */
  readonly event: unknown;
  readonly matches: boolean;
}

/**
 * What a rule with a severity of its own may match, in words of which event patterns are made: by type,
 * by detail, or every finding of the source where both are left out.
 */
export interface Raised {
  readonly source: Source;
  /**
   * The source's own types; `*` stands for any text (`Stealth:IAMUser/*`). GuardDuty's also let through
   * what Security Hub relays of them.
   */
  readonly types?: readonly string[];
  /** The `detail` of an event pattern, where the type does not tell. */
  readonly detail?: { readonly [field: string]: unknown };
}

export interface Rule {
  /** kebab-case, stable: it is shown as the reason for a card. */
  readonly id: string;
  /** The card's header in plain words, at most 60 characters: `Server is mining cryptocurrency`. */
  readonly title: string;
  /** MITRE ATT&CK technique ids: `T1078.004`. */
  readonly attack: readonly string[];
  readonly when: (finding: Finding) => boolean;
  /** Replaces the finding's severity where the source's own misleads. */
  readonly severity?: Severity;
  /**
   * Needed where `severity` raises: everything that `when` may match, so that the event patterns let it
   * through whatever its own severity. A rule that raises and leaves it out lets every finding through.
   */
  readonly raises?: readonly Raised[];
  /** `digest`: told in the daily digest and never a card of its own; a card when left out. */
  readonly outcome?: 'card' | 'digest';
  /** Slack channel id for its cards, where no route takes the finding: a route wins. */
  readonly channel?: string;
  /** Whether the people on call are mentioned; by severity when left out. Never for samples and archived findings. */
  readonly mention?: boolean;
  /** A group key of the rule's own: findings with an equal one join one case. By principal and resource when left out. */
  readonly group?: (finding: Finding) => string;
  /** What is at risk if nobody acts: one plain sentence. */
  readonly atRisk: string;
  /** Ids of the offered actions, the recommended one first. Offered only for resources they fit. */
  readonly actions: readonly string[];
  readonly runbook?: string;
  /** Why this rule exists: one sentence, shown as the reason. */
  readonly because: string;
  readonly examples: readonly RuleExample[];
}

export const defineRule = (rule: Rule): Rule => Object.freeze(rule);

/** What is decided about a finding; `because` is shown in Slack, audit and `cordon explain`. */
export interface CardDecision {
  readonly kind: 'card';
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly channel: string;
  /** Id of the route that chose the channel; absent for the default one. */
  readonly route?: string;
  /** True when the on-call people are mentioned. */
  readonly mention: boolean;
  /** Slack ids of groups and users whom the route calls instead of the configured people on call. */
  readonly onCall?: readonly string[];
  /** True when the route also sends it by email (SNS: the pager topic). Absent otherwise. */
  readonly email?: true;
  readonly actions: readonly string[];
  readonly atRisk: string;
  readonly runbook?: string;
  readonly attack: readonly string[];
  /** Findings with the same key join one case. */
  readonly groupKey: string;
  readonly because: string;
}

/** Told in the next digest, and no card of its own. */
interface DigestDecision {
  readonly kind: 'digest';
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly because: string;
  /** See `DropDecision`. */
  readonly over?: true;
}

export interface DropDecision {
  readonly kind: 'drop';
  readonly rule: string;
  readonly because: string;
  /**
   * True when the finding says that it is over (archived, resolved, a control that passes): it opens no
   * case, but a case that holds the finding already has to learn it.
   */
  readonly over?: true;
}

export type Decision = CardDecision | DigestDecision | DropDecision;
