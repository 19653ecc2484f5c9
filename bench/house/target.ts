/** A figure against its target, as one line of text. */

export interface Target {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  readonly bound: 'at most' | 'at least';
  readonly target: number;
  /** A count fails the run; a time does not, because it depends on the machine. */
  readonly decides: boolean;
}

export const isMet = ({ figure, bound, target }: Target): boolean =>
  bound === 'at most' ? figure <= target : figure >= target;

const inWords = (figure: number, unit: string): string =>
  `${figure.toLocaleString('en-US', { maximumFractionDigits: 2 })}${unit && ` ${unit}`}`;

/** `met     seconds …: 14.2 s (at most 20 s)` */
export const verdictOn = (one: Target): string =>
  `${isMet(one) ? 'met   ' : 'MISSED'}  ${one.what}: ${inWords(one.figure, one.unit)} (${one.bound} ${inWords(one.target, one.unit)})`;

/** Prints all; false when one that decides is not met. */
export const judgeAll = (targets: readonly Target[]): boolean => {
  for (const one of targets) process.stdout.write(`${verdictOn(one)}\n`);
  return targets.every((one) => isMet(one) || !one.decides);
};
