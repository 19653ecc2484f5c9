/**
 * What went well in a case and what made it harder, each from what is recorded and about how things are
 * set up, never about who somebody is. Pure.
 */
import { planTitle } from '../actions/parts.ts';
import { isChanged, type Request } from '../requests/request.ts';
import { isLate, type Milestone, milestonesOf } from './milestones.ts';
import { isContainment, type Recorded, type ReviewRecord } from './record.ts';

/** A time that was to be kept. */
interface Timed {
  readonly what: 'acknowledged' | 'contained' | 'resolved';
  readonly ms: number;
  readonly targetMs: number;
}

export type Factor =
  | (Timed & { readonly kind: 'in-time' | 'late' })
  /** A second person agreed, so long after they were asked. */
  | { readonly kind: 'approved'; readonly ms: number; readonly title: string }
  | { readonly kind: 'approval-waited'; readonly ms: number; readonly title: string }
  | { readonly kind: 'verified' | 'restored'; readonly titles: readonly string[] }
  | {
      readonly kind:
        | 'escalated'
        | 'paged'
        | 'expired'
        | 'drifted'
        | 'countered'
        | 'glass-broken'
        | 'reopened'
        | 'vetoed';
      readonly times: number;
    }
  | { readonly kind: 'changed'; readonly title: string }
  | { readonly kind: 'not-contained' }
  | { readonly kind: 'failed'; readonly step: string; readonly because: string }
  | { readonly kind: 'denied'; readonly because: string }
  | { readonly kind: 'held'; readonly because: string }
  /** A press that Cordon did not take, by its code; so many of them. */
  | { readonly kind: 'refused'; readonly because: string; readonly times: number };

/** What a person on call is given to look at a CRITICAL case is too long to wait for a second one. */
const longWaitMs = 300_000;

const timed = (milestone: Milestone): readonly (Timed & { readonly late: boolean })[] => {
  const { what, afterMs: ms, targetMs } = milestone;
  return targetMs !== undefined &&
    (what === 'acknowledged' || what === 'contained' || what === 'resolved')
    ? [{ what, ms, targetMs, late: isLate(milestone) }]
    : [];
};

const approvals = (requests: readonly Request[]) =>
  requests.flatMap(({ approvedAt, requestedAt, tier, plan, glass }) =>
    approvedAt && tier >= 2 && !glass
      ? [{ ms: Date.parse(approvedAt) - Date.parse(requestedAt), title: planTitle(plan) }]
      : [],
  );

const titlesOf = (requests: readonly Request[], ids: readonly (string | undefined)[]) => [
  ...new Set(requests.filter(({ id }) => ids.includes(id)).map(({ plan }) => planTitle(plan))),
];

const of = (entries: readonly Recorded[], ...kinds: readonly string[]): readonly Recorded[] =>
  entries.filter(({ kind }) => kinds.includes(kind));

export const wentWell = (record: ReviewRecord): readonly Factor[] => {
  const { entries } = record;
  const wanted = record.requests.filter(isContainment);
  const verified = titlesOf(
    wanted,
    of(entries, 'request.contained').map(({ request }) => request),
  );
  const restored = titlesOf(
    wanted,
    wanted.filter(({ state }) => state === 'undone').map(({ id }) => id),
  );
  const vetoed = of(entries, 'automation.vetoed').length;
  return [
    ...milestonesOf(record)
      .flatMap(timed)
      .flatMap(({ late, ...one }): readonly Factor[] =>
        late ? [] : [{ kind: 'in-time', ...one }],
      ),
    ...approvals(wanted)
      .filter(({ ms }) => ms < longWaitMs)
      .map((one): Factor => ({ kind: 'approved', ...one })),
    ...(verified.length > 0 ? [{ kind: 'verified', titles: verified } as const] : []),
    ...(restored.length > 0 ? [{ kind: 'restored', titles: restored } as const] : []),
    ...(vetoed > 0 ? [{ kind: 'vetoed', times: vetoed } as const] : []),
  ];
};

const counted: readonly (readonly [
  Extract<Factor, { readonly times: number; readonly because?: never }>['kind'],
  readonly string[],
])[] = [
  ['escalated', ['case.escalated']],
  ['paged', ['case.paged']],
  ['expired', ['request.expired']],
  ['drifted', ['request.drifted']],
  ['countered', ['containment.countered']],
  ['glass-broken', ['case.glass-broken']],
  ['reopened', ['case.reopened']],
];

/** By what was said, because a code alone helps nobody; the most frequent first. */
const refusals = (entries: readonly Recorded[]): readonly Factor[] => {
  const times = new Map<string, number>();
  for (const { because } of of(entries, 'click.refused'))
    times.set(because, (times.get(because) ?? 0) + 1);
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([because, n]) => ({ kind: 'refused', because, times: n }));
};

const ofRequest = (request: Request): readonly Factor[] => [
  ...(isChanged(request) ? [{ kind: 'changed', title: planTitle(request.plan) } as const] : []),
  ...(request.failure && request.state !== 'undone'
    ? [{ kind: 'failed', ...request.failure } as const]
    : []),
  ...request.votes
    .filter(({ verdict }) => verdict === 'deny')
    .map(({ reason }): Factor => ({ kind: 'denied', because: reason ?? 'without a reason' })),
];

export const contributed = (record: ReviewRecord): readonly Factor[] => {
  const { theCase, requests, entries } = record;
  const wanted = requests.filter(isContainment);
  const milestones = milestonesOf(record);
  return [
    ...milestones
      .flatMap(timed)
      .flatMap(({ late, ...one }): readonly Factor[] => (late ? [{ kind: 'late', ...one }] : [])),
    ...approvals(wanted)
      .filter(({ ms }) => ms >= longWaitMs)
      .map((one): Factor => ({ kind: 'approval-waited', ...one })),
    ...(wanted.length > 0 && !milestones.some(({ what }) => what === 'contained')
      ? [{ kind: 'not-contained' } as const]
      : []),
    ...counted.flatMap(([kind, kinds]): readonly Factor[] => {
      const times = of(entries, ...kinds).length;
      return times > 0 ? [{ kind, times }] : [];
    }),
    ...requests.flatMap(ofRequest),
    ...(theCase.automated?.outcome === 'held'
      ? [{ kind: 'held', because: theCase.automated.because } as const]
      : []),
    ...refusals(entries),
  ];
};
