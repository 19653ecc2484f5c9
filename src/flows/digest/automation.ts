/** What the digest tells of automation: what ran, what waits for review, and each week how shadow compares. */
import type { AuditEntry } from '../../audit/entry.ts';
import { type Case, isActive } from '../../cases/case.ts';
import type { DigestSlot } from '../../cases/digest-slot.ts';
import { needsReview, type Request } from '../../requests/request.ts';
import { shadowInWords, shadowReport } from '../../requests/shadow-report.ts';
import { requestsOf } from '../pacing/show-case.ts';
import type { WorkerPorts } from '../ports.ts';

const counts = (entries: readonly AuditEntry[]): readonly string[] => {
  const of = (kind: string): number =>
    entries.filter((entry) => entry.kind === `automation.${kind}`).length;
  const [ran, vetoed, calledOff, held] = [
    of('launched'),
    of('vetoed'),
    of('called-off'),
    of('held'),
  ];
  return ran + vetoed + calledOff + held === 0
    ? []
    : [
        `Ran by itself: ${ran}; stopped by people: ${vetoed}; called off: ${calledOff}; held back: ${held}`,
      ];
};

const shadowLines = async (
  ports: Pick<WorkerPorts, 'requests'>,
  entries: readonly AuditEntry[],
  cases: ReadonlyMap<string, Case>,
): Promise<readonly string[]> => {
  const shadows = await Promise.all(
    entries
      .filter(({ kind }) => kind === 'automation.shadow')
      .flatMap((entry) => cases.get(entry.case ?? '') ?? [])
      .map(async (theCase) => ({
        entry: theCase.automated?.entry ?? '',
        actions: theCase.automated?.actions ?? [],
        requests: await requestsOf(ports, theCase.requests),
        closed: !isActive(theCase),
      })),
  );
  return shadowReport(shadows).map(shadowInWords);
};

export const gatherAutomation = async (
  ports: Pick<WorkerPorts, 'requests'>,
  slot: DigestSlot,
  {
    entries,
    cases,
    requests,
  }: {
    readonly entries: readonly AuditEntry[];
    readonly cases: ReadonlyMap<string, Case>;
    /** Those that are open or in force. */
    readonly requests: readonly Request[];
  },
): Promise<readonly string[]> => [
  ...counts(entries),
  ...requests
    .filter(needsReview)
    .map(({ id, plan }) => `Nobody has reviewed it yet: ${plan.summary} (${id})`),
  ...(slot.kind === 'weekly' ? await shadowLines(ports, entries, cases) : []),
];
