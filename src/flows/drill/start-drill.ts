/**
 * A drill begins: its record first, which only worker makes, then its event, which goes the way of every
 * other from the intake queue on.
 */

import type { DrillMark } from '../../cases/drill-mark.ts';
import { responds } from '../../config/responds.ts';
import type { Drill } from '../../drills/drill.ts';
import type { Scenario } from '../../drills/scenario.ts';
import { scenarioOf, stageOf } from '../../drills/stage.ts';
import { twistOf } from '../../drills/twists.ts';
import { judge, readEvent } from '../alerts/judge-event.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { drillCaseOf, drillMessage } from './drill-event.ts';

export type StartPorts = Pick<WorkerPorts, 'config' | 'chance' | 'intake'> & {
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

const accountOf = (config: WorkerPorts['config']): string | undefined =>
  config.drills.account ??
  Object.entries(config.accounts).find(([, account]) => responds(config, account))?.[0];

const newDrill = (ports: StartPorts, account: string, wanted: Wanted): Drill => {
  const { scenario, seed, by, people } = wanted;
  const startedAt = isoNow(ports.chance);
  const twist = twistOf(scenario, ports.config.drills.twists, { seed, startedAt });
  return {
    id: ports.chance.id(),
    case: drillCaseOf(seed),
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

type JudgedDrill =
  | { readonly kind: 'card'; readonly event: unknown }
  | Extract<Started, { kind: 'refused' }>;

/** Its event, if ingest would make a card of it: whoever starts a drill is told at once when it would not. */
const judgedIn = (ports: StartPorts, drill: Drill): JudgedDrill => {
  const event = scenarioOf(drill).event(stageOf(drill));
  const judged = judge(readEvent(event), ports.config, Date.parse(drill.startedAt));
  if (judged.kind !== 'ignored' && judged.decision.kind === 'card') return { kind: 'card', event };
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
  await ports.intake.send(
    drillMessage({
      seed: wanted.seed,
      startedAt: drill.startedAt,
      actor: wanted.by?.actor ?? 'cordon:worker',
      mark: markOf(drill, scenarioOf(drill)),
      event: found.event,
    }),
  );
  return { kind: 'started', drill };
};
