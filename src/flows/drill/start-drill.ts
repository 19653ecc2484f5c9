/**
 * A drill begins: its record first, then its case, which from then on goes the way of every other. The
 * event is parsed and decided as ingest would, and joins nothing: no real finding can get into a drill's
 * case, and no suppression, balance or index knows of it.
 */
import { actionById } from '../../actions/index.ts';
import { type Case, caseIdOf } from '../../cases/case.ts';
import type { DrillMark } from '../../cases/drill-mark.ts';
import { openCase } from '../../cases/fold.ts';
import { type Drill, drillWord } from '../../drills/drill.ts';
import type { Scenario } from '../../drills/scenario.ts';
import { scenarioOf, stageOf } from '../../drills/stage.ts';
import { twistOf } from '../../drills/twists.ts';
import type { Finding } from '../../findings/finding.ts';
import type { CardDecision } from '../../rules/rule.ts';
import { priorities } from '../../store/dirty.ts';
import { judge, readEvent } from '../alerts/judge-event.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { changeCase } from '../save-case.ts';

/** What a drill is started with; `cases` and `drills` only as far as it uses them. */
export type StartPorts = Pick<WorkerPorts, 'config' | 'chance' | 'wake'> & {
  readonly cases: Pick<WorkerPorts['cases'], 'get' | 'create' | 'save'>;
  readonly drills: Pick<WorkerPorts['drills'], 'of' | 'start'>;
};

export interface Wanted {
  readonly scenario: Scenario;
  /** Random: the same one started twice is one drill. */
  readonly seed: string;
  /** Slack user id and the audit's name of whoever starts it. */
  readonly by?: { readonly user: string; readonly actor: string };
  /** Slack ids of users and groups. */
  readonly people: readonly string[];
}

export type Started =
  | { readonly kind: 'started'; readonly drill: Drill }
  | { readonly kind: 'refused'; readonly because: string; readonly needed: string };

const accountOf = ({ accounts, drills }: WorkerPorts['config']): string | undefined =>
  drills.account ?? Object.entries(accounts).find(([, { response }]) => response)?.[0];

/** No real finding has such an id, so no event can be delivered into the case. */
const caseOf = (seed: string): string => caseIdOf(`cordon:drill/${seed}`);

const newDrill = (ports: StartPorts, account: string, wanted: Wanted): Drill => {
  const { scenario, seed, by, people } = wanted;
  const startedAt = isoNow(ports.chance);
  const twist = twistOf(scenario, ports.config.drills.twists, { seed, startedAt });
  return {
    id: ports.chance.id(),
    case: caseOf(seed),
    scenario: scenario.id,
    account,
    region: ports.config.homeRegion,
    startedAt,
    until: isoIn(ports.chance, ports.config.drills.minutes * 60_000),
    people,
    ...(by ? { startedBy: by.user } : {}),
    ...(twist ? { twist } : {}),
  };
};

/** Whoever holds AWS's own record of it can archive it; a drill has no such record. */
const rehearsedFinding = (finding: Finding): Finding => ({
  ...finding,
  resources: finding.resources.filter(({ kind }) => kind !== 'finding'),
});

/** It calls and pages nobody but those who were asked, and hides nothing. */
const rehearsedDecision = (
  { drills }: WorkerPorts['config'],
  { onCall: _, email: __, ...decision }: CardDecision,
): CardDecision => ({
  ...decision,
  title: drillWord + decision.title,
  actions: decision.actions.filter((id) => actionById(id)?.on !== 'finding'),
  channel: drills.channel ?? decision.channel,
  mention: false,
  because: `This is a drill. ${decision.because}`,
});

const markOf = (drill: Drill, scenario: Scenario): DrillMark => ({
  id: drill.id,
  scenario: scenario.id,
  story: scenario.story,
  people: drill.people,
  until: drill.until,
  ...(drill.startedBy ? { by: drill.startedBy } : {}),
  ...(drill.twist?.kind === 'slack-silent'
    ? { silent: { from: drill.twist.from, until: drill.twist.until } }
    : {}),
});

const openDrill = async (
  ports: StartPorts,
  drill: Drill,
  found: { readonly finding: Finding; readonly decision: CardDecision; readonly actor: string },
): Promise<void> => {
  const opening = {
    id: drill.case,
    groupKey: `drill/${drill.id}`,
    token: ports.chance.id(),
  };
  const opened = openCase(opening, {
    finding: rehearsedFinding(found.finding),
    decision: rehearsedDecision(ports.config, found.decision),
    receivedAt: drill.startedAt,
  });
  const fresh: Case = {
    ...opened,
    drill: markOf(drill, scenarioOf(drill)),
    outbox: opened.outbox.map((draft) => ({
      ...draft,
      actor: found.actor,
      detail: { ...draft.detail, drill: drill.id, scenario: drill.scenario },
    })),
  };
  await changeCase(ports, drill.case, {
    priority: () => priorities.human,
    next: (current) => (current ? undefined : fresh),
  });
};

type JudgedDrill =
  | { readonly kind: 'card'; readonly finding: Finding; readonly decision: CardDecision }
  | Extract<Started, { kind: 'refused' }>;

/** Its event, read and decided as ingest would. */
const judgedIn = (ports: StartPorts, drill: Drill): JudgedDrill => {
  const read = readEvent(scenarioOf(drill).event(stageOf(drill)));
  const judged = judge(read, ports.config, Date.parse(drill.startedAt));
  if (judged.kind !== 'ignored' && judged.decision.kind === 'card')
    return { kind: 'card', finding: judged.finding, decision: judged.decision };
  const because = judged.kind === 'ignored' ? judged.because : judged.decision.because;
  return {
    kind: 'refused',
    because: `The configuration shows no card for this scenario: ${because}`,
    needed: 'another scenario; if this were real, nobody would be told',
  };
};

/** Repeatable: the same seed is the same drill. */
export const startDrill = async (ports: StartPorts, wanted: Wanted): Promise<Started> => {
  const account = accountOf(ports.config);
  if (!account)
    return {
      kind: 'refused',
      because: 'There is no account that a drill could be about: response is off in all of them.',
      needed: '`drills.account` in the configuration, or an account with `response: true`',
    };
  const fresh = newDrill(ports, account, wanted);
  const known = (await ports.drills.of(fresh.case)) ?? fresh;
  const judged = judgedIn(ports, known);
  if (judged.kind === 'refused') return judged;
  // Of two that start it at once one is first, and its record is the drill.
  const won = known === fresh && (await ports.drills.start(fresh));
  const drill = won ? fresh : await ports.drills.of(fresh.case);
  if (!drill) throw new Error(`the drill of case ${fresh.case} was not written`);
  const found = drill === known ? judged : judgedIn(ports, drill);
  if (found.kind === 'refused') return found;
  await openDrill(ports, drill, { ...found, actor: wanted.by?.actor ?? 'cordon:worker' });
  await ports.wake.wake(drill.case);
  return { kind: 'started', drill };
};
