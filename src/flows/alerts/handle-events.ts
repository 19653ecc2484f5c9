/**
 * The alert path, a batch at a time: events become findings, decisions, cases and a wish to show them.
 * What arrived is written before and after, as sets of ids, so a crash between any two writes is
 * repaired by the redelivery. Never talks to Slack.
 */
import type { Outcomes } from '../../cases/arrivals.ts';
import type { Finding } from '../../findings/finding.ts';
import { groupingOf } from '../../rules/grouping.ts';
import type { Decision } from '../../rules/rule.ts';
import { judge as judgeSuppressed } from '../../rules/suppression.ts';
import { isoIn, isoNow, type Ports } from '../ports.ts';
import { findCases, type Unplaced } from './find-case.ts';
import { foldCase, type Placed } from './fold-case.ts';
import { type Judgement, judge, readEvent } from './judge-event.ts';
import { outcomesOf } from './outcomes.ts';

export type HandleEventsPorts = Pick<
  Ports,
  'config' | 'chance' | 'cases' | 'suppressions' | 'about' | 'heartbeats' | 'wake' | 'work'
>;

/** What became of one event. */
export type Handled =
  | { readonly kind: 'ignored'; readonly id: string; readonly because: string }
  | { readonly kind: 'suppressed'; readonly id: string; readonly by: string }
  | {
      readonly kind: 'digest';
      readonly id: string;
      readonly rule: string;
      readonly title: string;
      readonly severity: Finding['severity'];
    }
  | {
      readonly kind: 'case';
      readonly id: string;
      readonly case: string;
      readonly channel: string;
    }
  /** To be delivered again. */
  | { readonly kind: 'failed'; readonly id: string; readonly because: string };

type Judged = Extract<Judgement, { kind: 'finding' }>;

/** What is decided about a finding that has no case, suppressions included. */
type Settled =
  | { readonly kind: 'unplaced'; readonly judged: Judged }
  | Extract<Handled, { kind: 'ignored' | 'suppressed' }>;

const withReason = (judged: Judged, because: string): Judged => ({
  ...judged,
  decision: { ...judged.decision, because: `${judged.decision.because} ${because}` } as Decision,
});

/** A failed lookup of suppressions means: alert anyway. */
const suppressionsNow = async (ports: HandleEventsPorts, now: string) => {
  try {
    return await ports.suppressions.active(now);
  } catch {
    return undefined;
  }
};

/** What broke ends at once, and the worker takes back what it left in AWS. Repeatable. */
const endBroken = async (
  ports: HandleEventsPorts,
  broken: { readonly id: string; readonly request: string; readonly because: string },
  at: string,
): Promise<void> => {
  await ports.suppressions.end(broken.id, { at, because: broken.because });
  await ports.work.send({ kind: 'request-due', request: broken.request });
};

const settle = async (
  ports: HandleEventsPorts,
  judged: Judged,
  active: Awaited<ReturnType<typeof suppressionsNow>>,
  now: string,
): Promise<Settled> => {
  const { id, finding, decision } = judged;
  if (decision.kind === 'drop') return { kind: 'ignored', id, because: decision.because };
  if (!active)
    return {
      kind: 'unplaced',
      judged: withReason(judged, 'Suppressions could not be read, so none was applied.'),
    };
  const judgement = judgeSuppressed(finding, decision.severity, active, now);
  switch (judgement.kind) {
    case 'none':
      return { kind: 'unplaced', judged };
    case 'suppressed':
      return { kind: 'suppressed', id, by: judgement.by.id };
    case 'broken': {
      const { by, because } = judgement;
      await endBroken(ports, { id: by.id, request: by.request, because }, now);
      return {
        kind: 'unplaced',
        judged: withReason(judged, `Suppression ${by.id} ended: ${because}.`),
      };
    }
    default:
      return judgement satisfies never;
  }
};

const unplacedOf = (ports: HandleEventsPorts, { finding, decision }: Judged): Unplaced => ({
  finding,
  grouping: groupingOf(
    finding,
    ports.config.rules.find(({ id }) => id === decision.rule),
  ),
  opens: decision.kind === 'card',
});

/** Findings of one case, written together; what fails there is given back and harms no other case. */
const placeAll = async (
  ports: HandleEventsPorts,
  placed: readonly Placed[],
): Promise<readonly Handled[]> => {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) groups.set(one.case, [...(groups.get(one.case) ?? []), one]);
  const handled = await Promise.all(
    [...groups].map(async ([caseId, arrivals]): Promise<readonly Handled[]> => {
      try {
        const { id: holder, channel } = await foldCase(ports, caseId, arrivals);
        return arrivals.map(({ id }) => ({ kind: 'case', id, case: holder, channel }));
      } catch (error) {
        const because = error instanceof Error ? error.name : 'unknown';
        return arrivals.map(({ id }) => ({ kind: 'failed', id, because }));
      }
    }),
  );
  return handled.flat();
};

const isFinding = (judgement: Judgement): judgement is Judged => judgement.kind === 'finding';

/** Decides about every judgement of the batch; several deliveries of one finding have one answer. */
const decideAll = async (
  ports: HandleEventsPorts,
  judgements: readonly Judgement[],
  now: string,
): Promise<readonly Handled[]> => {
  const found = judgements.filter(isFinding);
  const ids = [...new Set(found.map(({ id }) => id))];
  const [claimed, active] = await Promise.all([
    ports.cases.groups.claims(ids, now),
    suppressionsNow(ports, now),
  ]);
  // What belongs to a case goes there whatever is decided now: its card has to stay true.
  const settled = await Promise.all(
    found.filter(({ id }) => !claimed.has(id)).map((judged) => settle(ports, judged, active, now)),
  );
  const unplaced = settled.flatMap((one) => (one.kind === 'unplaced' ? [one.judged] : []));
  const cases = await findCases(
    ports.cases,
    claimed,
    unplaced.map((judged) => unplacedOf(ports, judged)),
    now,
  );
  const candidates = [...found.filter(({ id }) => claimed.has(id)), ...unplaced];
  const placed = candidates.flatMap(({ id, finding, decision }): readonly Placed[] => {
    const place = cases.get(id);
    return place ? [{ id, ...place, finding, decision, receivedAt: now }] : [];
  });
  return [
    ...judgements.filter((one) => one.kind === 'ignored'),
    ...settled.filter((one) => one.kind !== 'unplaced'),
    ...unplaced.flatMap(({ id, decision }): readonly Handled[] =>
      decision.kind === 'digest' && !cases.has(id)
        ? [{ kind: 'digest', id, ...digestOf(decision) }]
        : [],
    ),
    ...(await placeAll(ports, placed)),
  ];
};

const digestOf = ({ rule, title, severity }: Extract<Decision, { kind: 'digest' }>) => ({
  rule,
  title,
  severity,
});

/** A storm's own turns are on their way: no need for another wake-up each batch. */
const soonMs = 1_500;
const stormMs = 3_000;

/** A pacer that sleeps wakes up while so many are decided. */
const burst = 50;

const wakePacer = async (ports: HandleEventsPorts): Promise<void> => {
  const { wakeAt, storm } = await ports.cases.pacer.ahead();
  const soon = isoIn(ports.chance, storm ? stormMs : soonMs);
  if (wakeAt && wakeAt > isoNow(ports.chance) && wakeAt <= soon) return;
  await ports.wake.wake();
};

/**
 * Answers what became of each event, in their order. Throws only when nothing of the batch could be
 * decided because a table or a queue failed: all of it is to be delivered again. `again`: some of it was
 * delivered before.
 */
export const handleEvents = async (
  ports: HandleEventsPorts,
  events: readonly unknown[],
  again = false,
): Promise<readonly Handled[]> => {
  const now = isoNow(ports.chance);
  const batch = ports.chance.id();
  const read = events.map(readEvent);
  // Before anything is decided: what dies with this function from here on is counted until it comes again.
  const ids = [...new Set(read.map(({ id }) => id))];
  await ports.cases.arrivals.receive({ at: now, batch, ids, again });
  if (again) await ports.wake.hurry();
  else if (read.length >= burst) await wakePacer(ports);
  const judgements = read.map((one) => judge(one, ports.config, ports.chance.now()));
  const handled = await decideAll(ports, judgements, now);
  const outcomes: Outcomes = outcomesOf({ at: isoNow(ports.chance), batch }, handled);
  await Promise.all([
    ports.cases.arrivals.record(outcomes),
    ports.heartbeats.beat(
      judgements.filter(isFinding).map(({ finding }) => finding.account),
      now,
    ),
  ]);
  if (handled.some(({ kind }) => kind === 'case')) await wakePacer(ports);
  const byId = new Map(handled.map((one) => [one.id, one]));
  return judgements.map(
    ({ id }) => byId.get(id) ?? { kind: 'failed', id, because: 'nothing was decided' },
  );
};
