/** A detection as code: one file, one exported rule, its own examples. */
import type { Finding, Severity } from '../findings/finding.ts';

interface RuleExample {
  /** A sentence. */
  readonly name: string;
  /** An EventBridge event, as AWS sends it, with synthetic ids. */
  readonly event: unknown;
  readonly matches: boolean;
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
  readonly actions: readonly string[];
  readonly atRisk: string;
  readonly runbook?: string;
  readonly attack: readonly string[];
  /** Findings with the same key join one case. */
  readonly groupKey: string;
  readonly because: string;
}

interface DropDecision {
  readonly kind: 'drop';
  readonly rule: string;
  readonly because: string;
}

export type Decision = CardDecision | DropDecision;
