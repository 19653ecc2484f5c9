/** One link of the append-only record. Pure data; src/audit/chain.ts links and checks it. */

/** What happened, as it leaves an outbox: without place in the chain yet. */
export interface AuditDraft {
  /** Unique for ever; a draft that is chained twice is chained once. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** `case.opened`, `request.approved`, `step.done`, `click.refused` … */
  readonly kind: string;
  /** `slack:T…/U…`, `cordon:executor`, `cordon:tick`. */
  readonly actor: string;
  readonly case?: string;
  readonly request?: string;
  /** Why, in words that were also shown. */
  readonly because: string;
  /** Further facts; JSON that survives a round trip. */
  readonly detail?: { readonly [key: string]: unknown };
}

export interface AuditEntry extends AuditDraft {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** Hash of the entry before, 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 (hex) over the canonical JSON of everything above and `previous`. */
  readonly hash: string;
}

/** Id of what one version of a case or request says; ids of one owner sort as its versions count. */
export const draftIdOf = (owner: string, version: number): string =>
  `${owner}/${String(version).padStart(6, '0')}`;
