/** One thing to mend in the configuration: where, what is wrong and what to do. */
export interface ConfigProblem {
  /** As one would write it: `accounts.123456789012.name`, `identities[0].slack[1]`. */
  readonly path: string;
  /** Goes on after the path: `is missing`. */
  readonly problem: string;
  /** What to do, in sentences. */
  readonly remedy: string;
}

/** A configuration that cannot be used. The message lists every problem. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ path, problem, remedy }) => `- ${path} ${problem}. ${remedy}`);
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    super(`The configuration has ${count}:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
