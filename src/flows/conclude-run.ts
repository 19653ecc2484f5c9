/** After the last step: read back, again if need be, and only then say contained. */
import { errorInWords } from '../execution/error-in-words.ts';
import type { Step } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { same, words } from '../requests/plan-hash.ts';
import type { Request } from '../requests/request.ts';
import { putBack, roundsOf } from './put-back.ts';
import { again, type ExecutePorts, failRun, type PartWork, tell } from './run-work.ts';

/** Reading back is repeated: IAM and EC2 may answer with the old value for some seconds. */
const checks = { most: 4, everySeconds: 5 };

/** Longer where AWS itself takes longer. */
const mostChecks = (steps: readonly Step[]): number =>
  Math.max(
    checks.most,
    ...steps.map(({ register }) =>
      Math.ceil((register.settles?.withinSeconds ?? 0) / checks.everySeconds),
    ),
  );

const verify = async (
  work: PartWork,
  steps: readonly Step[],
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> => {
  if (work.request.kind === 'contain') {
    const verification = await work.part.action.verify(work.part.plan, work.aws);
    return verification.kind === 'verified'
      ? { ok: true, lines: verification.lines }
      : { ok: false, lines: [verification.because] };
  }
  const readings = await Promise.all(
    steps.map(async ({ register, to }) => ({
      label: work.part.plan.changes.find(({ id }) => id === register.id)?.label ?? register.id,
      to,
      live: await register.read(work.aws),
      atRest: (await register.settles?.atRest(work.aws)) ?? true,
    })),
  );
  const wrong = readings.filter(({ to, live, atRest }) => !atRest || !same(live, to));
  return wrong.length === 0
    ? {
        ok: true,
        lines:
          readings.length > 0
            ? readings.map(({ label, live }) => `${label}: ${words(live)} again`)
            : work.part.plan.cannot,
      }
    : {
        ok: false,
        lines: wrong.map(({ label, to, live, atRest }) =>
          atRest
            ? `${label}: ${words(live)}, not ${words(to)}`
            : `${label}: on its way to ${words(live)}, not there yet`,
        ),
      };
};

/** An error while reading back is a result too: not verified. */
const verifyOrSay = async (
  work: PartWork,
  steps: readonly Step[],
): Promise<Awaited<ReturnType<typeof verify>>> => {
  try {
    return await verify(work, steps);
  } catch (error) {
    return { ok: false, lines: [errorInWords(error)] };
  }
};

/** Everything that an action promised is so. */
export interface Verified {
  readonly kind: 'verified';
  readonly lines: readonly string[];
  /** As it is now. */
  readonly request: Request;
}

const againAndAgain = (request: Request, part: string): string => {
  const rounds = roundsOf(request, part);
  return rounds > 0 ? ` and put back ${rounds === 1 ? 'once' : `${rounds} times`}` : '';
};

/** Asks the state machine to come back when the read-back is not there yet. */
export const concludePart = async (
  ports: ExecutePorts,
  work: PartWork & {
    /** The request when its last step is told. */ readonly told: Promise<Request>;
  },
  steps: readonly Step[],
): Promise<Verified | ExecutorAnswer> => {
  const { request, part } = work;
  const settle = request.kind === 'contain' && request.checks === 0 && part.action.settleSeconds;
  if (settle) {
    await tell(ports, await work.told, { kind: 'check-again' });
    return again(settle);
  }
  const [checked, latest] = await Promise.all([verifyOrSay(work, steps), work.told]);
  if (checked.ok) return { kind: 'verified', lines: checked.lines, request: latest };
  if (await putBack(ports, { ...work, request: latest })) return again(1);
  if (request.checks + 1 < mostChecks(steps)) {
    await tell(ports, latest, { kind: 'check-again' });
    return again(checks.everySeconds);
  }
  return failRun(
    ports,
    { ...work, request: latest },
    {
      part: part.key,
      step: 'Verification',
      because: `the changes were made${againAndAgain(latest, part.key)}, but reading back shows: ${checked.lines.join('; ')}`,
    },
  );
};

/** One look, without waiting: whether an action that was verified is still in force. */
export const stillInForce = (
  work: PartWork,
  steps: readonly Step[],
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> => verifyOrSay(work, steps);
