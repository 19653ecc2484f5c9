/**
 * What a request consists of, one stage after the other: the only action of a plan, or the steps of
 * a playbook. Where it is stands in the request and its journal, so a run that dies is taken up by
 * the next one; a person's own step lets the execution end, and a click starts another one.
 */
import type { PlannedStep } from '../actions/action.ts';
import { type Part, partsOf, reviewHours } from '../actions/parts.ts';
import type { Step } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { nextLook } from '../requests/deadlines.ts';
import type { Request } from '../requests/request.ts';
import { stillInForce, type Verified } from './conclude-run.ts';
import { isoIn, isoNow } from './ports.ts';
import { type RunFacts, runPart, stepsOfPart } from './run-part.ts';
import { again, done, type ExecutePorts, endRun, failRun, tell, type Work } from './run-work.ts';

/** No new stage is begun after this: the function has 45 seconds. */
const freshSeconds = 15;

type Stage =
  | { readonly kind: 'part'; readonly part: Part; readonly needs: readonly string[] }
  | Exclude<PlannedStep, { kind: 'action' }>;

/** The actions in the order in which they run: an undo takes the last one back first. */
const partsIn = ({ request, basis }: Pick<Work, 'request' | 'basis'>): readonly Part[] => {
  const parts = partsOf(basis.plan, request.plan);
  if (request.kind === 'contain' || !basis.plan.playbook) return parts;
  return parts.filter(({ plan }) => plan.changes.length > 0).toReversed();
};

const isOver = ({ outcomes = {} }: Request, key: string): boolean => outcomes[key] !== undefined;

/** Those that have not ended; undefined where an action does not exist any more. */
export const partsLeft = (work: Pick<Work, 'request' | 'basis'>): readonly Part[] | undefined => {
  const parts = partsIn(work);
  return parts.length === 0 && !work.basis.plan.playbook
    ? undefined
    : parts.filter(({ key }) => work.request.kind === 'undo' || !isOver(work.request, key));
};

/** What is written first. */
export const startOf = (part: Part): readonly Step[] => stepsOfPart(part);

const stagesOf = (work: Work): readonly Stage[] => {
  const { request, basis } = work;
  const parts = partsIn(work);
  const { playbook } = basis.plan;
  if (request.kind === 'undo' || !playbook)
    return parts.map((part) => ({ kind: 'part', part, needs: [] }));
  return playbook.steps
    .filter(({ key }) => !isOver(request, key))
    .flatMap((step): readonly Stage[] => {
      if (step.kind !== 'action') return [step];
      const part = parts.find(({ key }) => key === step.key);
      return part ? [{ kind: 'part', part, needs: step.needs ?? [] }] : [];
    });
};

/** What a step stands on was skipped: it has no meaning any more. */
const groundless = ({ outcomes = {} }: Request, needs: readonly string[] = []): boolean =>
  needs.some((key) => outcomes[key]?.state === 'skipped' || outcomes[key]?.state === 'undone');

/** Every action that is in force is read back once more, beside the others. */
const checkAll = async (
  work: Work,
  { sessions }: RunFacts,
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> => {
  const { request } = work;
  const inForce = partsOf(request.plan).filter(
    ({ key }) => request.outcomes?.[key]?.state === 'done',
  );
  const looks = await Promise.all(
    inForce.map(async (part) => {
      const aws = await sessions.look(part);
      const look =
        'because' in aws
          ? { ok: false, lines: [aws.because] }
          : await stillInForce({ ...work, part, aws }, stepsOfPart(part));
      return { ...look, lines: look.lines.map((line) => `${part.action.title}: ${line}`) };
    }),
  );
  const wrong = looks.filter(({ ok }) => !ok);
  return wrong.length > 0
    ? { ok: false, lines: wrong.flatMap(({ lines }) => lines) }
    : { ok: true, lines: [`${looks.length} of ${looks.length} actions are still in force.`] };
};

type Ended = Verified | ExecutorAnswer;

const runStage = async (
  ports: ExecutePorts,
  work: Work,
  stage: Stage,
  facts: RunFacts,
): Promise<Ended> => {
  switch (stage.kind) {
    case 'part':
      return runPart(ports, { ...work, part: stage.part }, facts);
    case 'manual':
      await tell(ports, work.request, {
        kind: 'halt',
        halt: {
          step: stage.key,
          kind: 'manual',
          at: stage.title,
          because: 'it is a person’s turn',
        },
        token: ports.chance.id(),
      });
      return done;
    case 'check': {
      const { ok, lines } = await checkAll(work, facts);
      return ok
        ? { kind: 'verified', lines, request: work.request }
        : failRun(ports, work, { part: stage.key, step: stage.title, because: lines.join('; ') });
    }
    default:
      return stage satisfies never;
  }
};

const keyOf = (stage: Stage): string => (stage.kind === 'part' ? stage.part.key : stage.key);

/** Only a playbook tells the end of each step; answers undefined where somebody pressed stop. */
const endStage = async (
  ports: ExecutePorts,
  request: Request,
  ended: {
    readonly step: string;
    readonly state: 'done' | 'skipped';
    readonly lines: readonly string[];
  },
): Promise<Request | undefined> => {
  if (request.kind === 'undo' || !request.plan.playbook) return request;
  const told = await tell(ports, request, { kind: 'step-end', ...ended });
  return told.request?.state === 'executing' ? told.request : undefined;
};

/** Runs what is left of it, as far as it goes in one invocation. */
export const runStages = async (
  ports: ExecutePorts,
  work: Work,
  facts: RunFacts,
): Promise<ExecutorAnswer> => {
  const began = ports.chance.now();
  const lines: string[] = [];
  let { request } = work;
  for (const stage of stagesOf(work)) {
    if (ports.chance.now() - began > freshSeconds * 1000) return again(1);
    const skipped = groundless(request, stage.needs);
    const ended: Ended = skipped
      ? { kind: 'verified', lines: ['What it stands on was skipped.'], request }
      : await runStage(ports, { ...work, request }, stage, facts);
    if ('status' in ended) return ended;
    lines.push(...ended.lines);
    const next = await endStage(ports, ended.request, {
      step: keyOf(stage),
      state: skipped ? 'skipped' : 'done',
      lines: ended.lines,
    });
    if (!next) return done;
    request = next;
  }
  return endRun(
    ports,
    { ...work, request },
    {
      kind: 'succeed',
      lines: endLines(request, lines),
      ...reviewOf(ports, request),
    },
  );
};

/** Of a playbook what each of its steps left; else what was read back. */
const endLines = ({ kind, plan, outcomes = {} }: Request, lines: readonly string[]) =>
  kind === 'contain' && plan.playbook
    ? plan.playbook.steps.flatMap(({ key }) => outcomes[key]?.lines ?? []).slice(0, 40)
    : lines.length > 0
      ? lines
      : plan.cannot;

/** When people are asked about it, and when it is looked at, where something of it stays in force. */
const reviewOf = (
  ports: ExecutePorts,
  { kind, plan }: Request,
): { readonly reviewAt?: string; readonly watchAt?: string } => {
  const hours = reviewHours(plan);
  if (kind !== 'contain' || !hours) return {};
  const now = isoNow(ports.chance);
  const watchAt = plan.suppresses ? undefined : nextLook(ports.config.containment, now, now);
  return {
    reviewAt: isoIn(ports.chance, hours * 3_600_000),
    ...(watchAt ? { watchAt } : {}),
  };
};
