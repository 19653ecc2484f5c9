/** What a review is made from: what was recorded of one case, and the targets that it is held against. */
import { isWriteBack } from '../actions/parts.ts';
import type { AuditDraft } from '../audit/entry.ts';
import type { Case } from '../cases/case.ts';
import type { Targets } from '../cases/digest.ts';
import type { Request } from '../requests/request.ts';
import type { FollowUp } from './follow-up.ts';

/** An entry of the audit; without a place (`seq`) it waits for the chain. */
export type Recorded = AuditDraft & { readonly seq?: number };

export interface ReviewRecord {
  readonly theCase: Case;
  /** Oldest first. */
  readonly requests: readonly Request[];
  /** Oldest first, each once. */
  readonly entries: readonly Recorded[];
  readonly followUps: readonly FollowUp[];
  readonly within: Targets;
  readonly accountName: string | undefined;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** Of several sources, each entry once, in the order of time. */
export const inOrder = (entries: readonly Recorded[]): readonly Recorded[] => {
  const byId = new Map<string, Recorded>();
  for (const entry of entries) if (byId.get(entry.id)?.seq === undefined) byId.set(entry.id, entry);
  return [...byId.values()].toSorted(
    (a, b) =>
      a.at.localeCompare(b.at) ||
      (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER) ||
      a.id.localeCompare(b.id),
  );
};

/** A request to contain something; suppressions, write-backs and undos are none. */
export const isContainment = ({ kind, plan }: Request): boolean =>
  kind === 'contain' && plan.suppresses === undefined && !isWriteBack(plan);
