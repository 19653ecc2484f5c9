/**
 * The event of a drill on its way through the intake queue: what AWS would have sent, in an envelope with the
 * drill's mark. Only worker and the bus may send to that queue, and the bus lets no source but AWS's own
 * through. Whoever forges one all the same gets a card at most: whether a case is a drill is told by the
 * record that only worker makes (drill-of.ts). Pure.
 */
import { type Case, caseIdOf } from '../../cases/case.ts';
import type { DrillMark } from '../../cases/drill-mark.ts';
import { at, isObject, list, text, time } from '../../findings/read.ts';

const detailType = 'Cordon drill';

export interface DrillEvent {
  /** Random: makes the id of the case. */
  readonly seed: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  /** Who started it, as in the audit. */
  readonly actor: string;
  readonly mark: DrillMark;
  /** As EventBridge would have delivered it. */
  readonly event: unknown;
}

/** No real finding has such an id, so no event can be delivered into the case. */
export const drillCaseOf = (seed: string): Case['id'] => caseIdOf(`cordon:drill/${seed}`);

/** The message as it lies in the queue. */
export const drillMessage = (drill: DrillEvent): object => ({
  'detail-type': detailType,
  source: 'cordon',
  id: drill.mark.id,
  detail: drill,
});

const markIn = (value: unknown): DrillMark => {
  const by = text(at(value, 'by'));
  const [from, until] = [time(at(value, 'silent', 'from')), time(at(value, 'silent', 'until'))];
  return {
    id: text(at(value, 'id')),
    scenario: text(at(value, 'scenario')),
    story: text(at(value, 'story')),
    people: list(at(value, 'people')).map((one) => text(one)),
    until: time(at(value, 'until')),
    ...(by ? { by } : {}),
    ...(from && until ? { silent: { from, until } } : {}),
  };
};

/** Undefined for what is no drill's: that is an event like any other. Total. */
export const drillEventIn = (message: unknown): DrillEvent | undefined => {
  if (!isObject(message) || message['detail-type'] !== detailType) return undefined;
  const { detail } = message;
  const mark = markIn(at(detail, 'mark'));
  const [seed, startedAt] = [text(at(detail, 'seed')), time(at(detail, 'startedAt'))];
  return seed && startedAt && mark.id && mark.until
    ? { seed, startedAt, actor: text(at(detail, 'actor')), mark, event: at(detail, 'event') }
    : undefined;
};
