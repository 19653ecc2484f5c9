/**
 * Security Hub's security score, computed, because no API gives it: of the controls that have data,
 * the share that passed; a summary is the average of the standards' scores. A control failed when
 * one of its findings failed.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/standards-security-score.html
 */

/** One finding of one control in one account. */
export interface Check {
  /** `S3.8`. */
  readonly control: string;
  readonly account: string;
  readonly standards: readonly string[];
  readonly passed: boolean;
}

export interface Score {
  /** 0 to 100, rounded; undefined without data. */
  readonly percent: number | undefined;
  readonly passed: number;
  readonly counted: number;
}

/** From the controls with a failed finding and those with a passed one. */
export const scoreOf = (failed: Iterable<string>, passed: Iterable<string>): Score => {
  const bad = new Set(failed);
  const good = [...new Set(passed)].filter((control) => !bad.has(control));
  const counted = bad.size + good.length;
  return {
    passed: good.length,
    counted,
    percent: counted === 0 ? undefined : Math.round((good.length / counted) * 100),
  };
};

const scoreOfChecks = (checks: readonly Check[]): Score =>
  scoreOf(
    checks.flatMap(({ control, passed }) => (passed ? [] : [control])),
    checks.flatMap(({ control, passed }) => (passed ? [control] : [])),
  );

const by = (
  checks: readonly Check[],
  keysOf: (check: Check) => readonly string[],
): ReadonlyMap<string, Score> => {
  const groups = new Map<string, Check[]>();
  for (const check of checks)
    for (const key of keysOf(check)) {
      const group = groups.get(key);
      if (group) group.push(check);
      else groups.set(key, [check]);
    }
  return new Map([...groups].sort().map(([key, those]) => [key, scoreOfChecks(those)]));
};

export interface Scores {
  readonly overall: Score;
  /** By standard and by account, in the order of their names. */
  readonly standards: ReadonlyMap<string, Score>;
  readonly accounts: ReadonlyMap<string, Score>;
}

/** The overall percentage is the average of the standards', where findings name any. */
export const scores = (checks: readonly Check[]): Scores => {
  const standards = by(checks, (check) => check.standards);
  const percents = [...standards.values()].flatMap(({ percent }) => percent ?? []);
  const flat = scoreOfChecks(checks);
  return {
    standards,
    accounts: by(checks, ({ account }) => (account ? [account] : [])),
    overall: {
      ...flat,
      percent:
        percents.length === 0
          ? flat.percent
          : Math.round(percents.reduce((total, each) => total + each, 0) / percents.length),
    },
  };
};
