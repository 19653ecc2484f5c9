/**
 * Gathers evidence about a case: every source that fits, each kept as soon as it is had, then the
 * manifest, then the case is told. Repeatable: whoever takes it up after a crash asks only for what
 * is missing. What there is no time for is gone on with in the next minute.
 */
import type { Case } from '../../cases/case.ts';
import { caseFindings, leadFinding } from '../../cases/case-findings.ts';
import { type Gathering, openGathering } from '../../cases/gathering.ts';
import { sources } from '../../evidence/index.ts';
import { type Gathered, type ListedObject, manifestOf, objectOf } from '../../evidence/manifest.ts';
import { freshIn, gapsOfAll, notComparedIn, type Part, partOf } from '../../evidence/parts.ts';
import { AskAgain, type Found, type Gap, type Source } from '../../evidence/source.ts';
import { mostSubjects, type Subjects, subjectsOf } from '../../evidence/subjects.ts';
import { errorInWords } from '../../execution/error-in-words.ts';
import { andMore } from '../../findings/and-more.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { tellCase } from '../save-case.ts';
import { lookAt } from './look-at.ts';
import { networkLogs } from './network-logs.ts';

/** What has no result after so many tries is named as a gap. */
const mostTries = 5;
const againMs = 60_000;
/** The thread has room for so many; all of them are in the objects. */
const [mostMoments, mostGaps, mostFresh] = [5, 6, 12];

const gatheredOf = (theCase: Case, { number, askedAt, by }: Gathering): Gathered => ({
  case: theCase.id,
  number,
  askedAt,
  askedBy: by ?? 'cordon:worker',
});

const nothingFound = (because: string, { title }: Source): Found => ({
  facts: [],
  moments: [],
  gaps: [{ what: title, because }],
  seen: [],
  data: null,
});

interface Run {
  readonly theCase: Case;
  readonly gathering: Gathering;
  readonly subjects: Subjects;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** One source's object and part, stored in this order: a part is never without its object. */
const keep = async (
  ports: WorkerPorts,
  { theCase, gathering }: Run,
  read: Pick<ListedObject, 'source' | 'at' | 'places' | 'calls'>,
  found: Found,
): Promise<void> => {
  const object = objectOf(gatheredOf(theCase, gathering), read, found);
  await ports.vault.put(object.key, object.body);
  const { body: _, ...listed } = object;
  await ports.gathered.keep(theCase.id, gathering.number, partOf({ ...listed, ...read }, found));
};

/** Answers whether it is had now. */
const gatherOne = async (ports: WorkerPorts, run: Run, source: Source): Promise<boolean> => {
  const last = run.gathering.tries + 1 >= mostTries;
  const { looking, used } = lookAt(ports, { ...run, source, isLastTry: last });
  const found = await source.gather(looking).catch((error: unknown) => {
    // One that fails for a reason of its own must not keep the others back for ever.
    const because = error instanceof AskAgain ? error.message : errorInWords(error);
    return last
      ? nothingFound(`it was not had in ${mostTries} tries: ${because}`, source)
      : undefined;
  });
  if (!found) return false;
  const read = { source: source.id, at: isoNow(ports.chance), ...used() };
  await keep(ports, run, read, found);
  return true;
};

/** Parts of the newest gathering that was done before this one. */
const partsBefore = async (
  ports: WorkerPorts,
  { id, gatherings = [] }: Case,
): Promise<readonly Part[] | undefined> => {
  const before = gatherings.findLast(({ found }) => found !== undefined);
  return before && ports.gathered.parts(id, before.number);
};

/** Everybody sees that the case names more than was asked about, and what. */
const leftOutOf = ({ leftOut }: Subjects): readonly Gap[] =>
  leftOut.length === 0
    ? []
    : [
        {
          what: andMore(leftOut, 3),
          because: `nothing was asked about it, only about the first ${mostSubjects} of a kind`,
        },
      ];

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
const over = (all: readonly unknown[], most: number): number => Math.max(0, all.length - most);

/** What the case remembers of the parts, and how much of each it does not. */
const foundIn = (
  subjects: Subjects,
  parts: readonly Part[],
  before: readonly Part[] | undefined,
) => {
  const moments = parts
    .flatMap((part) => part.moments)
    .toSorted((a, b) => a.at.localeCompare(b.at));
  const gaps = [
    ...leftOutOf(subjects),
    ...gapsOfAll([...parts, ...(before ? [{ gaps: notComparedIn(parts, before) }] : [])]),
  ];
  const fresh = before && freshIn(parts, before);
  return {
    sections: sources.flatMap(({ id, title }) => {
      const part = parts.find(({ source }) => source === id);
      return part ? [{ source: id, title, facts: part.facts }] : [];
    }),
    moments: moments.slice(-mostMoments),
    gaps: gaps.slice(0, mostGaps),
    ...(fresh ? { fresh: fresh.slice(0, mostFresh) } : {}),
    more: {
      facts: sum(parts.map(({ left }) => left.facts)),
      moments: over(moments, mostMoments) + sum(parts.map(({ left }) => left.moments)),
      gaps: over(gaps, mostGaps) + sum(parts.map(({ left }) => left.gaps)),
      fresh: over(fresh ?? [], mostFresh),
    },
  };
};

const finish = async (
  ports: WorkerPorts,
  { theCase, gathering, subjects }: Run,
  parts: readonly Part[],
): Promise<void> => {
  const objects = parts.map(
    ({ facts: _, moments: __, gaps: ___, seen: ____, left: _____, ...object }): ListedObject =>
      object,
  );
  const { key, body, sha256 } = manifestOf(
    gatheredOf(theCase, gathering),
    objects,
    subjects.leftOut,
  );
  await ports.vault.put(key, body);
  await tellCase(ports, theCase.id, {
    kind: 'gathered',
    number: gathering.number,
    found: {
      at: isoNow(ports.chance),
      ...foundIn(subjects, parts, await partsBefore(ports, theCase)),
      manifest: { key, sha256 },
    },
    objects: objects.map((object) => ({ key: object.key, sha256: object.sha256 })),
  });
};

/** Why nothing is gathered; undefined where it is. */
const heldBack = async (
  ports: WorkerPorts,
  { theCase, gathering, subjects }: Run,
  wanted: readonly Source[],
): Promise<string | undefined> => {
  if (theCase.merged) return `the case goes on in ${theCase.merged.into}`;
  if (theCase.drill) return 'this is a drill: what it names has no history in AWS';
  if (wanted.length === 0) return 'the case names nothing that evidence could be gathered about';
  if (gathering.by) return undefined;
  const most = ports.config.evidence.casesPerHour;
  const { account } = subjects;
  const hasPlace = await ports.gathered.takePlace({
    account,
    at: gathering.askedAt,
    caseId: theCase.id,
    most,
  });
  return hasPlace
    ? undefined
    : `evidence of ${most} cases of account ${account} was gathered by itself in that hour; ask for it with /cordon evidence ${theCase.id}`;
};

/** `until`: when to stop asking AWS; milliseconds since 1970. */
export const gatherEvidence = async (
  ports: WorkerPorts,
  id: string,
  until: number,
): Promise<void> => {
  const theCase = await ports.cases.get(id);
  const gathering = theCase && openGathering(theCase);
  if (!theCase?.gatherDue || !gathering || theCase.gatherDue > isoNow(ports.chance)) return;
  const subjects = subjectsOf(leadFinding(theCase), caseFindings(theCase));
  const run: Run = { theCase, gathering, subjects, until };
  const { number } = gathering;
  const wanted = sources.filter(({ fits }) =>
    fits(subjects, (place) => networkLogs(ports.config, place)),
  );
  const because = await heldBack(ports, run, wanted);
  if (because !== undefined) {
    await tellCase(ports, id, { kind: 'gather-skip', number, because });
    if (gathering.by) await ports.wake.wake(id);
    return;
  }
  const had = new Set((await ports.gathered.parts(id, number)).map(({ source }) => source));
  const done = await Promise.all(
    wanted.filter((source) => !had.has(source.id)).map((source) => gatherOne(ports, run, source)),
  );
  if (done.includes(false)) {
    const next = isoIn(ports.chance, againMs);
    await tellCase(ports, id, { kind: 'gather-later', number, next });
    return;
  }
  // Read back: of two workers that had the same source, the first one's part counts.
  await finish(ports, run, await ports.gathered.parts(id, number));
  await ports.wake.wake(id);
};
