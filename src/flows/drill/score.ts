/** How a drill went, against its goals: of the work, not of people. Pure. */
import { actionById } from '../../actions/index.ts';
import { partsOf } from '../../actions/parts.ts';
import type { AuditEntry } from '../../audit/entry.ts';
import type { Case } from '../../cases/case.ts';
import type { DrillEnd } from '../../cases/drill-mark.ts';
import type { CordonConfig } from '../../config/config.ts';
import type { Drill, Rehearsed } from '../../drills/drill.ts';
import { scenarioOf } from '../../drills/stage.ts';
import { twistInWords } from '../../drills/twists.ts';
import type { Request } from '../../requests/request.ts';
import { duration } from '../../slack/duration.ts';

export interface Played {
  readonly drill: Drill;
  readonly theCase: Case;
  /** Of the case, the oldest first. */
  readonly requests: readonly Request[];
  /** Of the case. */
  readonly entries: readonly AuditEntry[];
  /** All that happened to the drill's AWS. */
  readonly rehearsed: readonly Rehearsed[];
  readonly config: Pick<CordonConfig, 'drills' | 'digest' | 'escalation'>;
  /** ISO 8601 UTC. */
  readonly now: string;
}

type Goal = DrillEnd['goals'][number];

const minuteMs = 60_000;

const within = (
  title: string,
  minutes: number,
  span: { readonly from: string | undefined; readonly to: string | undefined },
): Goal => {
  const goal = `${title} within ${duration(minutes * minuteMs)}`;
  if (!span.from || !span.to) return { title: goal, met: false, told: 'it did not happen' };
  const ms = Math.max(0, Date.parse(span.to) - Date.parse(span.from));
  return { title: goal, met: ms <= minutes * minuteMs, told: `took ${duration(ms)}` };
};

const first = (times: readonly (string | undefined)[]): string | undefined =>
  times.flatMap((at) => at ?? []).sort()[0];

/** Requests that were carried out and read back, whatever became of them later; what failed was not. */
const carriedOut = ({ requests }: Played): readonly Request[] =>
  requests.filter(
    ({ kind, ended, failure }) => kind === 'contain' && ended !== undefined && !failure,
  );

const acknowledgeMinutes = ({ theCase, config: { escalation } }: Played): number =>
  theCase.severity === 'CRITICAL' ? escalation.criticalMinutes : escalation.highMinutes;

const times = (played: Played): readonly Goal[] => {
  const { theCase, requests, config } = played;
  const wanted = requests.filter(({ kind }) => kind === 'contain');
  const approved = wanted.find(({ approvedAt }) => approvedAt !== undefined);
  const opened = theCase.openedAt;
  return [
    within('Acknowledged', acknowledgeMinutes(played), {
      from: opened,
      to: theCase.firstAcknowledgedAt,
    }),
    within('Decided', config.drills.decideMinutes, {
      from: opened,
      to: first(wanted.map(({ requestedAt }) => requestedAt)),
    }),
    within('Approved', config.drills.approveMinutes, {
      from: approved?.requestedAt,
      to: approved?.approvedAt,
    }),
    within('Contained', config.digest.containMinutes, {
      from: opened,
      to: first(carriedOut(played).map(({ ended }) => ended?.at)),
    }),
  ];
};

/** The right thing, and nothing that harms. */
const choices = (played: Played): readonly Goal[] => {
  const { good } = scenarioOf(played.drill);
  const done = carriedOut(played).map(({ plan }) => plan.action);
  const harmed = played.requests
    .filter(({ kind }) => kind === 'contain')
    .flatMap(({ plan }) => partsOf(plan).map(({ action }) => action.id))
    .flatMap((id) => (good.harms[id] ? [`${actionById(id)?.title ?? id}: ${good.harms[id]}`] : []));
  return [
    {
      title: 'What was done contains it',
      met: done.some((id) => good.contains.includes(id)),
      told: good.because,
    },
    {
      title: 'Nothing was asked for that harms',
      met: harmed.length === 0,
      told: harmed.length === 0 ? 'nothing was' : [...new Set(harmed)].join('; '),
    },
  ];
};

const codeOf = ({ detail }: AuditEntry): unknown => detail?.['code'];

const rules = ({ entries, theCase, requests }: Played): readonly Goal[] => {
  const alone = entries.filter(
    (entry) => entry.kind === 'click.refused' && codeOf(entry) === 'own-request',
  ).length;
  const half = requests.filter(({ state }) =>
    ['failed', 'stopping', 'undo-failed'].includes(state),
  );
  return [
    {
      title: 'Nobody tried to approve their own request',
      met: alone === 0,
      told:
        alone === 0 ? 'nobody did' : `tried ${alone === 1 ? 'once' : `${alone} times`}, refused`,
    },
    {
      title: 'Nothing was left half done',
      met: half.length === 0,
      told: half.length === 0 ? 'nothing was' : half.map(({ plan }) => plan.summary).join('; '),
    },
    {
      title: 'Resolved before its time was over',
      met: theCase.resolved !== undefined,
      told: theCase.resolved ? `as ${theCase.resolved.classification}` : 'nobody said what it was',
    },
  ];
};

/** `iam:UpdateAccessKey (2)`. */
const sent = (rehearsed: readonly Rehearsed[]): string => {
  const counts = new Map<string, number>();
  for (const { by, calls } of rehearsed)
    for (const { operation } of by === 'cordon' ? calls : [])
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
  const told = [...counts].map(([name, count]) => (count > 1 ? `${name} (${count})` : name));
  return told.length === 0
    ? 'No call that changes AWS would have been sent.'
    : `Would have been sent to AWS: ${told.slice(0, 12).join(', ')}${told.length > 12 ? ` and ${told.length - 12} more kinds` : ''}. None was.`;
};

/** Slack user ids in `slack:T…/U…`. */
const peopleIn = (entries: readonly AuditEntry[]): readonly string[] => [
  ...new Set(entries.flatMap(({ actor }) => /^slack:[^/]+\/(\w+)$/.exec(actor)?.[1] ?? [])),
];

export const scoreOf = (played: Played): DrillEnd => ({
  at: played.now,
  goals: [...times(played), ...choices(played), ...rules(played)],
  lines: [
    played.drill.twist
      ? `Gone wrong on purpose: ${twistInWords(played.drill.twist)}`
      : 'Nothing went wrong on purpose.',
    sent(played.rehearsed),
    `Undo was ${played.requests.some(({ kind, state }) => kind === 'undo' && state === 'undone') ? '' : 'not '}rehearsed.`,
  ],
  tookPart: peopleIn(played.entries),
});
