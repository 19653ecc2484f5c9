/** One case with the findings of a batch in it: one conditional write, or none. */

import { aboutOf } from '../../cases/about.ts';
import { withEnd } from '../../cases/at-source.ts';
import { type Case, isActive } from '../../cases/case.ts';
import { caseFindings } from '../../cases/case-findings.ts';
import { withDeadline } from '../../cases/escalation.ts';
import { type Arrival, fold, openCase } from '../../cases/fold.ts';
import { withGathering } from '../../cases/gathering.ts';
import type { Place } from '../../cases/group.ts';
import { meetsAt, withMeetings } from '../../cases/meeting.ts';
import { atLeast } from '../../findings/finding.ts';
import type { CardDecision } from '../../rules/rule.ts';
import { type Priority, priorities } from '../../store/dirty.ts';
import { entryFor } from '../automation/entry-for.ts';
import type { Ports } from '../ports.ts';
import { changeCase } from '../save-case.ts';
import { similarCases } from './similar-cases.ts';

/** A finding that has its case. */
export interface Placed extends Arrival, Place {
  /** `findingKey` of the finding. */
  readonly id: string;
}

type FoldPorts = Pick<Ports, 'chance' | 'cases' | 'about' | 'work'> & {
  readonly config: Pick<Ports['config'], 'escalation' | 'automation' | 'evidence'>;
};

/** More cases than that merged into each other means that something is broken. */
const mostMerges = 10;

const isCard = <T extends Arrival>(
  arrival: T,
): arrival is T & { readonly decision: CardDecision } => arrival.decision.kind === 'card';

const opened = (ports: FoldPorts, id: string, arrivals: readonly Placed[]): Case | undefined => {
  const first = arrivals.find((one) => isCard(one));
  return (
    first && openCase({ id, groupKey: first.decision.groupKey, token: ports.chance.id() }, first)
  );
};

/** With what came of earlier cases like it. Not knowing them is no reason not to alert. */
const openedKnowing = async (
  ports: FoldPorts,
  id: string,
  arrivals: readonly Placed[],
): Promise<Case | undefined> => {
  const fresh = opened(ports, id, arrivals);
  if (!fresh) return undefined;
  const similar = await similarCases(ports, fresh).catch(() => []);
  return similar.length > 0 ? { ...fresh, similar } : fresh;
};

/** What it also names is another open case: they are to become one. */
const meeting = (theCase: Case, { meets, finding, receivedAt }: Placed): Case =>
  withMeetings(theCase, meets, {
    at: receivedAt,
    because: `${finding.type.slice(0, 120)} names what both are about`,
  });

/** What is worse is shown before what only changes; what is new has no card yet, so the pacer knows it. */
const priorityOf = (before: Case | undefined, after: Case): Priority => {
  if (after.severity === 'CRITICAL' && before?.severity !== 'CRITICAL') return priorities.critical;
  return !before || before.severity === after.severity ? priorities.edit : priorities.first;
};

/** Found under what it tells, before it tells it: a place without its case harms nobody. */
const indexed = async (ports: FoldPorts, before: Case | undefined, after: Case): Promise<void> => {
  const words = (theCase: Case | undefined) =>
    theCase ? caseFindings(theCase).flatMap(aboutOf) : [];
  const known = new Set(words(before));
  const fresh = [...new Set(words(after))].filter((word) => !known.has(word));
  if (fresh.length > 0) await ports.about.put(after.id, after.openedAt, fresh);
};

/**
 * Marks a case for worker where the configuration speaks for it: in the same write, so that tick finds
 * it should the message to worker be lost. Once: what was decided is not decided again.
 */
const withAutomation = (
  config: FoldPorts['config'],
  theCase: Case,
  [first]: readonly Placed[],
): Case =>
  first &&
  !theCase.automationDue &&
  !theCase.automated &&
  isActive(theCase) &&
  entryFor(config, theCase)
    ? { ...theCase, automationDue: first.receivedAt }
    : theCase;

/**
 * Marks a case for evidence in the same way: once it is severe enough, and only the first time. It is left
 * to tick: in a storm cards come first, and CloudTrail tells of a call some minutes late anyway.
 */
const withEvidence = (
  { evidence: { from } }: FoldPorts['config'],
  theCase: Case,
  [first]: readonly Placed[],
): Case => {
  if (!first || from === 'off' || theCase.gatherings || !isActive(theCase)) return theCase;
  if (!atLeast(theCase.severity, from)) return theCase;
  const gatherings = withGathering(theCase, { at: first.receivedAt });
  return gatherings ? { ...theCase, gatherings, gatherDue: first.receivedAt } : theCase;
};

/**
 * Answers the case that has them now: the one in which it goes on, where it was merged. Throws when the
 * table fails or the case is not there to be changed.
 */
export const foldCase = async (
  ports: FoldPorts,
  id: string,
  arrivals: readonly Placed[],
  merges = 0,
): Promise<Pick<Case, 'id' | 'channel'>> => {
  const active = arrivals.some(({ finding }) => !finding.archived);
  // How many the card counts matters only for the question whether all of them are over.
  const counted = active ? 0 : (await ports.cases.shown(id)).counted;
  const theCase = await changeCase(ports, id, {
    priority: priorityOf,
    first: (before, after) => indexed(ports, before, after),
    next: async (current) => {
      const start = current ?? (await openedKnowing(ports, id, arrivals));
      if (!start) return undefined;
      if (start.merged) return undefined;
      const told = arrivals.reduce((now, one) => meeting(fold(now, one), one), start);
      const folded = withDeadline(told, ports.config.escalation);
      const ended = withEnd(folded, counted, active);
      if (ended === current) return undefined;
      const ready = withAutomation(ports.config, ended, arrivals);
      return withEvidence(ports.config, ready, arrivals);
    },
  });
  if (!theCase) throw new Error(`case ${id} is not stored yet`);
  if (theCase.merged && merges < mostMerges)
    return foldCase(ports, theCase.merged.into, arrivals, merges + 1);
  // What is archived at the source has to come back when its suppression is broken. Sent with each
  // arrival: an earlier delivery may have died after its write.
  const broken = theCase.suppressionEnded?.request;
  if (broken) await ports.work.send({ kind: 'request-due', request: broken });
  const met = arrivals.some(({ meets }) => meets.length > 0) && meetsAt(theCase) !== undefined;
  if (met || theCase.automationDue) await ports.work.send({ kind: 'case-due', case: theCase.id });
  return theCase;
};
