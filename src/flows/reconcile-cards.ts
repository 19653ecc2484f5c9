/**
 * The pacer: one holder of the lease makes shown equal desired, most urgent case first, and re-arms
 * itself while they differ. Writers never talk to Slack; this never waits for it.
 */
import { isOpen } from '../requests/request.ts';
import { type DirtyCase, priorities } from '../store/cases-table.ts';
import { isoIn, isoNow, type Ports } from './ports.ts';
import { requestsOf, type ShowPorts, type Synced, showCase } from './show-case.ts';

export type ReconcilePorts = ShowPorts &
  Pick<Ports, 'wake'> & {
    /** Told which case could not be shown yet, and Slack's error or the name of our own. */
    readonly failed: (id: string, because: string) => void;
  };

const lease = { name: 'notify', seconds: 60 };
/** Work of one invocation; what is left is taken by the next. */
const casesAtOnce = 200;
const workSeconds = 40;
/** When somebody else holds the lease, look again after this. */
const busySeconds = 5;
/** What broke may be mended meanwhile; the alarm on failures is the log's. */
const brokenSeconds = 60;

/** One broken case must not keep the others from being shown. */
const served = async (ports: ReconcilePorts, id: string, until: number): Promise<Synced> => {
  try {
    return await showCase(ports, id, until);
  } catch (error) {
    const because = error instanceof Error ? error.name : 'unknown';
    return { kind: 'later', seconds: brokenSeconds, scope: 'message', because };
  }
};

/** Cases to serve: those marked in the table, and those just named, whose mark may not show yet. */
const waitingCases = async (
  ports: ReconcilePorts,
  hints: readonly string[],
): Promise<readonly (DirtyCase | { readonly id: string; readonly mark?: never })[]> => {
  const marked = await ports.cases.dirty(casesAtOnce);
  const unseen = hints.filter((id) => !marked.some((dirty) => dirty.id === id));
  return [...unseen.map((id) => ({ id })), ...marked];
};

/** Serves what is dirty until nothing is, time is up or Slack asks the whole app to wait. */
const pace = async (
  ports: ReconcilePorts,
  hints: readonly string[],
): Promise<number | undefined> => {
  const until = ports.chance.now() + workSeconds * 1000;
  const tried = new Set<string>();
  let wait: number | undefined;
  let waiting = await waitingCases(ports, hints);
  while (waiting.length > 0) {
    for (const dirty of waiting) {
      const synced = await served(ports, dirty.id, until);
      if (synced.kind === 'shown') {
        if (dirty.mark !== undefined) await ports.cases.clean(dirty);
        continue;
      }
      wait = Math.min(wait ?? synced.seconds, synced.seconds);
      tried.add(dirty.id);
      ports.failed(dirty.id, synced.because);
      if (synced.scope === 'workspace' || ports.chance.now() >= until) return wait;
    }
    waiting = (await ports.cases.dirty(casesAtOnce)).filter(({ id }) => !tried.has(id));
  }
  return wait;
};

const paced = async (
  ports: ReconcilePorts,
  holder: string,
  hints: readonly string[],
): Promise<number | undefined> => {
  try {
    return await pace(ports, hints);
  } finally {
    await ports.cases.leases.release(lease.name, holder);
  }
};

/** Marks a case before anything is tried, so that nothing depends on this run. */
const mark = async (ports: ReconcilePorts, id: string): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase) return;
  const requests = await requestsOf(ports, theCase.requests.slice(-3));
  const urgent = requests.some(isOpen) || theCase.acknowledged;
  const other = theCase.severity === 'CRITICAL' ? priorities.critical : priorities.first;
  await ports.cases.touch(id, urgent ? priorities.human : other, isoNow(ports.chance));
};

/** `hints` are the cases that woke it. */
export const reconcileCards = async (
  ports: ReconcilePorts,
  hints: readonly string[],
): Promise<void> => {
  for (const id of hints) await mark(ports, id);
  const holder = ports.chance.id();
  const now = isoNow(ports.chance);
  const until = isoIn(ports.chance, lease.seconds * 1000);
  const taken = await ports.cases.leases.take(lease.name, holder, now, until);
  const again = taken ? await paced(ports, holder, hints) : busySeconds;
  if (again === undefined) return;
  const id = hints[0] ?? (await ports.cases.dirty(1))[0]?.id;
  // One chain of wake-ups, however many woke it: during an outage they would multiply.
  const at = isoIn(ports.chance, again * 1000);
  if (id && (await ports.cases.arm(at, isoNow(ports.chance)))) await ports.wake.wake(id, again);
};
