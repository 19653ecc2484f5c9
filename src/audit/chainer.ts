/**
 * The one way out of the outboxes and into the chain. It may be killed between any two writes and
 * started again, and two may run at once: each draft is chained once, and nothing is forked.
 */
import { canonicalJson, GENESIS, link, type Tip } from './chain.ts';
import type { AuditDraft } from './entry.ts';
import type { AuditLog, Outbox, Outboxes, Vault } from './ports.ts';
import { newestHead, type SealRefusal, sealAll } from './sealer.ts';

interface Chaining {
  readonly log: AuditLog;
  readonly outboxes: Outboxes;
  readonly vault: Vault;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** The most entries in one sealed segment; what is left at the end is sealed too. */
  readonly sealEvery: number;
}

/** A draft that cannot be hashed; it stays in its outbox. */
interface Unchainable {
  readonly ref: string;
  readonly id: string;
  readonly because: string;
}

/** What one run did. */
export interface ChainSummary {
  /** Entries that this run wrote. */
  readonly chained: number;
  /** The items whose outboxes hold none of the drafts that were read any more. */
  readonly drained: readonly string[];
  readonly unchainable: readonly Unchainable[];
  /** The last `seq` that is known to be sealed. */
  readonly sealed: number;
  /** Present when sealing stopped because the table or the vault was tampered with: raise the alarm. */
  readonly refusal?: SealRefusal;
}

interface Waiting {
  readonly ref: string;
  readonly draft: AuditDraft;
}

/**
 * Chains what waits in the outboxes in the order of (`at`, `id`), empties them, and seals what is not
 * sealed yet. Throws only what the ports throw; running it again then finishes the work.
 */
export async function chainOutboxes(chaining: Chaining): Promise<ChainSummary> {
  const { log, outboxes, vault } = chaining;
  const boxes = await outboxes.read();
  const unchainable = boxes.flatMap(unchainableIn);
  const last = await log.last();
  const newest = await newestHead(vault, last?.seq ?? 0);
  const head = newest.kind === 'found' ? newest.head : undefined;

  const waiting = inOrder(boxes, unchainable);
  const chained = waiting.length === 0 ? 0 : await chainAll(log, head, waiting);
  const drained = await clearAll(outboxes, boxes, unchainable);

  const sealing =
    newest.kind === 'found' ? await sealAll(chaining, head) : { sealed: 0, refusal: newest };
  return { chained, drained, unchainable, ...sealing };
}

function unchainableIn({ ref, drafts }: Outbox): readonly Unchainable[] {
  return drafts.flatMap((draft) => {
    try {
      canonicalJson(draft);
      return [];
    } catch (error) {
      return [
        { ref, id: draft.id, because: error instanceof Error ? error.message : String(error) },
      ];
    }
  });
}

function inOrder(
  boxes: readonly Outbox[],
  unchainable: readonly Unchainable[],
): readonly Waiting[] {
  const refused = new Set(unchainable.map(({ ref, id }) => `${ref} ${id}`));
  return boxes
    .flatMap(({ ref, drafts }) => drafts.map((draft) => ({ ref, draft })))
    .filter(({ ref, draft }) => !refused.has(`${ref} ${draft.id}`))
    .sort((a, b) => compare(a.draft.at, b.draft.at) || compare(a.draft.id, b.draft.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/**
 * Without transactions, a draft is chained once because of one order of writes that everybody keeps:
 * an entry is put only after its predecessor's draft was marked, and only if the draft was then not
 * marked itself. So all entries but the newest are always marked; whoever looks a draft up has marked
 * the newest first, and if an entry was put in between, the conditional put fails and the look-up is
 * repeated.
 */
async function chainAll(
  log: AuditLog,
  head: Tip | undefined,
  waiting: readonly Waiting[],
): Promise<number> {
  let tip = await markedTip(log, head);
  let chained = 0;
  for (const { draft } of waiting) {
    let done = await log.hasDraft(draft.id);
    while (!done) {
      const entry = link(tip, draft);
      if ((await log.put(entry)) === 'put') {
        await log.mark(entry);
        tip = entry;
        chained += 1;
        done = true;
      } else {
        tip = await markedTip(log, head);
        if (tip.seq < entry.seq)
          throw new Error(`Entry ${entry.seq} exists, but is not read back.`);
        done = await log.hasDraft(draft.id);
      }
    }
  }
  return chained;
}

/**
 * The end of the chain, with its draft marked: the last entry, or the newest head where the table was
 * cut off behind it, so that a sealed number is not given out again.
 */
async function markedTip(log: AuditLog, head: Tip | undefined): Promise<Tip> {
  const last = await log.last();
  if (last) await log.mark(last);
  const tip = last ?? GENESIS;
  return head && head.seq > tip.seq ? head : tip;
}

/** An outbox that is empty already was left by a run that died while it cleared it: it is in no list any more. */
async function clearAll(
  outboxes: Outboxes,
  boxes: readonly Outbox[],
  unchainable: readonly Unchainable[],
): Promise<readonly string[]> {
  const refused = new Set(unchainable.map(({ ref, id }) => `${ref} ${id}`));
  const cleared: string[] = [];
  for (const { ref, drafts } of boxes) {
    const ids = drafts.map(({ id }) => id).filter((id) => !refused.has(`${ref} ${id}`));
    if (drafts.length > 0 && ids.length === 0) continue;
    await outboxes.clear(ref, ids);
    cleared.push(ref);
  }
  return cleared.filter((ref) => !unchainable.some((one) => one.ref === ref));
}
