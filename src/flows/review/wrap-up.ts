/**
 * What is left to do once a case is closed, or somebody wants its review: it is found by cases like it, its
 * month counts it, its review is drafted. Everything is made from what is stored and can be repeated; the
 * case says what is still to do until all of it is done, so a worker that dies loses nothing.
 */
import type { Case } from '../../cases/case.ts';
import { likenessOf } from '../../cases/similar.ts';
import { shadowVerdict } from '../../requests/shadow-report.ts';
import { endedCase } from '../../reviews/ended-case.ts';
import { containedOf } from '../../reviews/milestones.ts';
import type { ReviewRecord } from '../../reviews/record.ts';
import type { WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { draftReview, shareReview } from './draft-review.ts';
import { readRecord } from './read-record.ts';

const shadowOf = ({ theCase: { automated }, requests }: ReviewRecord) =>
  automated?.outcome === 'shadow'
    ? shadowVerdict({ entry: automated.entry, actions: automated.actions, requests, closed: true })
    : undefined;

const count = async (ports: WorkerPorts, record: ReviewRecord): Promise<void> => {
  const { theCase } = record;
  if (theCase.drill) return;
  const ended = endedCase(record, shadowOf(record));
  if (!ended) return ports.endedCases.reopened(theCase);
  await ports.endedCases.put(ended);
  await ports.about.put(theCase.id, theCase.openedAt, [likenessOf(theCase)]);
};

const isDone = ({ wrapUp, review }: Case): boolean =>
  wrapUp !== undefined && !wrapUp.review && review?.canvas?.shared !== false;

/** Repeatable. What Slack does not take yet is tried again at the next minute. */
export const wrapUp = async (ports: WorkerPorts, id: string): Promise<void> => {
  const theCase = await ports.cases.get(id);
  if (!theCase?.wrapUp) return;
  const { since } = theCase.wrapUp;
  const record = await readRecord(ports, theCase);
  await count(ports, record);
  const drafted = await draftReview(ports, record);
  const shared = await shareReview(ports, drafted, record);
  if (!isDone(shared)) return;
  const contained = containedOf(record);
  await tellCase(ports, id, { kind: 'wrapped-up', since, ...(contained ? { contained } : {}) });
};
