/** Runs checks in their order and tells about them, for people or as JSON. */
import { printable } from '../printable.ts';
import { broken, type Check, errorWords, skipped, type Verdict } from './check.ts';

export interface Checked {
  readonly id: string;
  readonly verdicts: readonly Verdict[];
}

const isUnfit = ({ verdicts }: Checked): boolean =>
  verdicts.some(({ kind }) => kind === 'broken') ||
  (verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'skipped'));

const lookAt = async <S>({ look }: Check<S>, site: S): Promise<readonly Verdict[]> => {
  try {
    return await look(site);
  } catch (error) {
    return [
      broken(
        errorWords(error),
        'This could not be looked at. Mend what the error says, then again.',
      ),
    ];
  }
};

export const runChecks = async <S>(
  checks: readonly Check<S>[],
  site: S,
  tell: (checked: Checked) => void,
): Promise<readonly Checked[]> => {
  const done: Checked[] = [];
  for (const check of checks) {
    const unfit = (check.needs ?? []).filter((id) =>
      done.some((one) => one.id === id && isUnfit(one)),
    );
    const verdicts =
      unfit.length > 0
        ? [skipped(`not looked at before ${unfit.join(' and ')} is mended`)]
        : await lookAt(check, site);
    const checked = { id: check.id, verdicts };
    done.push(checked);
    tell(checked);
  }
  return done;
};

const marks = { fine: 'ok  ', skipped: '-   ', broken: 'FAIL' } as const;

/** `FAIL slack-token  Slack refuses the token …`, and below it what to do. */
export const inLines = ({ id, verdicts }: Checked): string =>
  verdicts
    .flatMap((verdict) => [
      `${marks[verdict.kind]} ${id.padEnd(15)} ${printable(verdict.says)}`,
      ...(verdict.kind === 'broken' ? [`${' '.repeat(21)}→ ${printable(verdict.remedy)}`] : []),
    ])
    .join('\n');

export const isHealthy = (all: readonly Checked[]): boolean =>
  all.every(({ verdicts }) => verdicts.every(({ kind }) => kind !== 'broken'));
