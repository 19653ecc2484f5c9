/** What one source may see of AWS and of other cases, and what it has used of it. */

import { searchable } from '../../cases/about.ts';
import type { Case } from '../../cases/case.ts';
import { caseFindings, leadFinding } from '../../cases/case-findings.ts';
import type { Gathering } from '../../cases/gathering.ts';
import { AskAgain, type Looking, type PastCase, type Source } from '../../evidence/source.ts';
import type { Subjects } from '../../evidence/subjects.ts';
import { CallFailed, OutOfTime } from '../../posture/call-failed.ts';
import type { Reader } from '../../posture/question.ts';
import { isoNow, type WorkerPorts } from '../ports.ts';
import { networkLogs } from './network-logs.ts';

/** An attack is older than its first finding. */
const earlierMs = 3_600_000;
/** As long as CloudTrail can be asked. */
const longestMs = 90 * 86_400_000;

const beganAt = (theCase: Case, now: number): string => {
  const first = [leadFinding(theCase), ...caseFindings(theCase)]
    .map(({ firstSeen }) => Date.parse(firstSeen))
    .filter((at) => at <= now);
  const began = Math.min(now, ...first) - earlierMs;
  return new Date(Math.max(began, now - longestMs)).toISOString();
};

const outcomeOf = ({ resolved, merged, over }: Case): string => {
  if (resolved) return resolved.classification;
  if (merged) return `went on in ${merged.into}`;
  return over ? 'over' : 'open';
};

const casesAbout = async (
  ports: WorkerPorts,
  word: string,
  limit: number,
): Promise<readonly PastCase[]> => {
  const ids = await ports.about.find(searchable(word), limit);
  const found = await Promise.all(ids.map((id) => ports.cases.get(id)));
  return found.flatMap((one) =>
    one
      ? [
          {
            id: one.id,
            openedAt: one.openedAt,
            title: one.decision.title,
            outcome: outcomeOf(one),
          },
        ]
      : [],
  );
};

interface Wish {
  readonly theCase: Case;
  readonly gathering: Gathering;
  readonly subjects: Subjects;
  readonly source: Source;
  readonly until: number;
  readonly isLastTry: boolean;
}

const session = (
  ports: WorkerPorts,
  { theCase, gathering }: Wish,
  place: { readonly account: string; readonly region: string },
) =>
  ports.aws
    .as({
      role: 'read',
      drill: undefined,
      ...place,
      requestId: `evidence-${gathering.number}`,
      caseId: theCase.id,
      sourceIdentity: gathering.by ?? 'cordon-evidence',
    })
    .catch((error: unknown) => {
      throw new CallFailed('sts:AssumeRole', error);
    });

const noteOf = ({ theCase, gathering }: Wish) => ({
  caseId: theCase.id,
  number: gathering.number,
});

export const lookAt = (
  ports: WorkerPorts,
  wish: Wish,
): {
  readonly looking: Looking;
  /** Where it was asked and what, for the manifest. */
  used(): { readonly places: readonly string[]; readonly calls: readonly string[] };
} => {
  const { theCase, gathering, subjects, source, until, isLastTry } = wish;
  const now = ports.chance.now;
  const [places, calls] = [new Set<string>(), new Set<string>()];
  const at = (account: string, region: string): Reader => ({
    account,
    region,
    now,
    async call(operation, input) {
      if (!source.reads.includes(operation))
        throw new Error(`evidence source ${source.id} does not declare ${operation}`);
      if (now() > until)
        throw isLastTry
          ? new CallFailed(operation, new OutOfTime())
          : new AskAgain('there is no time left');
      const aws = await session(ports, wish, { account, region });
      await ports.pace.turn(operation, account, region);
      places.add(`${account}/${region}`);
      calls.add(operation);
      return aws.call(operation, input).catch((error: unknown) => {
        throw new CallFailed(operation, error);
      });
    },
  });
  return {
    looking: {
      subjects,
      caseId: theCase.id,
      number: gathering.number,
      isFirstTry: gathering.tries === 0,
      isLastTry,
      from: beganAt(theCase, now()),
      to: gathering.askedAt,
      administrator: ports.config.securityAccount,
      at,
      logs: (place) => networkLogs(ports.config, place),
      note: (name, text) =>
        ports.gathered.note({ ...noteOf(wish), name, text, at: isoNow(ports.chance) }),
      noted: (name) => ports.gathered.noted({ ...noteOf(wish), name }),
      casesAbout: (word, limit) => casesAbout(ports, word, limit),
    },
    used: () => ({ places: [...places].sort(), calls: [...calls].sort() }),
  };
};
