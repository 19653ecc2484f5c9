/**
 * A drill's event opens its case: parsed and decided as every other, and joined to nothing. No real finding
 * gets into a drill's case, and no suppression, balance, automation or index knows of it.
 */
import { actionById } from '../../actions/index.ts';
import type { Case } from '../../cases/case.ts';
import { openCase } from '../../cases/fold.ts';
import type { CordonConfig } from '../../config/config.ts';
import { drillWord } from '../../drills/drill.ts';
import type { Finding } from '../../findings/finding.ts';
import type { CardDecision } from '../../rules/rule.ts';
import { priorities } from '../../store/dirty.ts';
import { judge, readEvent } from '../alerts/judge-event.ts';
import type { Ports } from '../ports.ts';
import { changeCase } from '../save-case.ts';
import { type DrillEvent, drillCaseOf } from './drill-event.ts';

export type OpenDrillPorts = Pick<Ports, 'chance' | 'wake'> & {
  readonly config: CordonConfig;
  readonly cases: Pick<Ports['cases'], 'get' | 'create' | 'save'>;
};

/** Whoever holds AWS's own record of it can archive it; a drill has no such record. */
const rehearsedFinding = (finding: Finding): Finding => ({
  ...finding,
  resources: finding.resources.filter(({ kind }) => kind !== 'finding'),
});

/** It calls and pages nobody but those who were asked, and hides nothing. */
const rehearsedDecision = (
  { drills }: Pick<CordonConfig, 'drills'>,
  { onCall: _, email: __, ...decision }: CardDecision,
): CardDecision => ({
  ...decision,
  title: drillWord + decision.title,
  actions: decision.actions.filter((id) => actionById(id)?.on !== 'finding'),
  channel: drills.channel ?? decision.channel,
  mention: false,
  because: `This is a drill. ${decision.because}`,
});

const caseOf = (
  ports: OpenDrillPorts,
  { seed, startedAt, actor, mark }: DrillEvent,
  { finding, decision }: { readonly finding: Finding; readonly decision: CardDecision },
): Case => {
  const opened = openCase(
    { id: drillCaseOf(seed), groupKey: `drill/${mark.id}`, token: ports.chance.id() },
    {
      finding: rehearsedFinding(finding),
      decision: rehearsedDecision(ports.config, decision),
      receivedAt: startedAt,
    },
  );
  return {
    ...opened,
    drill: mark,
    outbox: opened.outbox.map((draft) => ({
      ...draft,
      actor,
      detail: { ...draft.detail, drill: mark.id, scenario: mark.scenario },
    })),
  };
};

/** Answers the case. Repeatable: the first delivery opens it. Undefined where its event makes no card. */
export const openDrill = async (
  ports: OpenDrillPorts,
  drill: DrillEvent,
): Promise<string | undefined> => {
  const judged = judge(readEvent(drill.event), ports.config, Date.parse(drill.startedAt));
  if (judged.kind === 'ignored' || judged.decision.kind !== 'card') return undefined;
  const { finding, decision } = judged;
  const fresh = caseOf(ports, drill, { finding, decision });
  await changeCase(ports, fresh.id, {
    priority: () => priorities.human,
    next: (current) => (current ? undefined : fresh),
  });
  await ports.wake.wake(fresh.id);
  return fresh.id;
};
