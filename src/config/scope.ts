/** What a role or a tier is limited to. Everything that is set must hold; of a list, one entry. */
export interface Scope {
  /** Account ids of the resource. */
  readonly accounts?: readonly string[] | undefined;
  /**
   * Values by tag key, `*` for any value: the resource must carry one value of each key. Whoever may tag
   * a resource may move it into a scope with this.
   */
  readonly tags?: { readonly [key: string]: readonly string[] } | undefined;
  /** Ids of actions (docs/actions.md); a playbook belongs to it that takes no other. */
  readonly actions?: readonly string[] | undefined;
}

/** People who have a role for a part of what there is. */
export interface ScopedRole {
  /** kebab-case, stable: it is recorded as the reason of a decision. */
  readonly id: string;
  readonly role: 'responder' | 'approver';
  readonly users?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly for: Scope;
}

/** A tier other than an action's own, for a part of what there is; the first that holds decides. */
export interface TierRule {
  readonly for: Scope;
  /** No action goes without consent, so not 0. */
  readonly tier: 1 | 2 | 3;
}
