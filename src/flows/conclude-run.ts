/** After the last step: read back, again if need be, and only then say contained. */
import { errorInWords } from '../execution/error-in-words.ts';
import type { Step } from '../execution/run-steps.ts';
import type { ExecutorAnswer } from '../execution/state-machine.ts';
import { same, words } from '../requests/plan-hash.ts';
import type { Request } from '../requests/request.ts';
import { isoIn } from './ports.ts';
import { again, type ExecutePorts, endRun, tell, type Work } from './run-work.ts';

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
  work: Work,
  steps: readonly Step[],
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> => {
  if (work.request.kind === 'contain') {
    const verification = await work.action.verify(work.request.plan, work.aws);
    return verification.kind === 'verified'
      ? { ok: true, lines: verification.lines }
      : { ok: false, lines: [verification.because] };
  }
  const readings = await Promise.all(
    steps.map(async ({ register, to }) => ({
      label: work.request.plan.changes.find(({ id }) => id === register.id)?.label ?? register.id,
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
            : work.request.plan.cannot,
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
  work: Work,
  steps: readonly Step[],
): Promise<Awaited<ReturnType<typeof verify>>> => {
  try {
    return await verify(work, steps);
  } catch (error) {
    return { ok: false, lines: [errorInWords(error)] };
  }
};

/** Answers the state machine; asks it to come back when the read-back is not there yet. */
export const concludeRun = async (
  ports: ExecutePorts,
  work: Work & { /** The request when its last step is told. */ readonly told: Promise<Request> },
  steps: readonly Step[],
): Promise<ExecutorAnswer> => {
  const { request } = work;
  const settle = request.kind === 'contain' && request.checks === 0 && work.action.settleSeconds;
  if (settle) {
    await tell(ports, await work.told, { kind: 'check-again' });
    return again(settle);
  }
  const [checked, latest] = await Promise.all([verifyOrSay(work, steps), work.told]);
  const ended = { ...work, request: latest };
  if (checked.ok)
    return endRun(ports, ended, {
      kind: 'succeed',
      lines: checked.lines,
      ...(request.kind === 'contain'
        ? { reviewAt: isoIn(ports.chance, work.action.reviewAfterHours * 3_600_000) }
        : {}),
    });
  if (request.checks + 1 < mostChecks(steps)) {
    await tell(ports, latest, { kind: 'check-again' });
    return again(checks.everySeconds);
  }
  return endRun(ports, ended, {
    kind: 'fail',
    step: 'Verification',
    because: `the changes were made, but reading back shows: ${checked.lines.join('; ')}`,
  });
};
