/** One thing that the organisation baseline switches on, and what posture says where it is off. */
import type { Reader, Scope } from '../question.ts';

/** How many things are to be on, and which of them are not, in words. */
export interface Found {
  readonly count: number;
  readonly off: readonly string[];
}

/** Where a part is looked at. */
export interface Spot {
  readonly scope: Scope;
  /**
   * `home`: all of it has to be there. `usual`: a Region that every account has; AWS may lack some of it there.
   * `opted`: a Region that accounts may have left switched off.
   */
  readonly region: 'home' | 'usual' | 'opted';
}

export interface Part {
  readonly service: string;
  /** `each`: the baseline's template is deployed in every Region for it. */
  readonly where: 'home' | 'each';
  look(reader: Reader, spot: Spot): Promise<Found>;
}

export const found = (count: number, off: readonly string[]): Found => ({ count, off });

/** An account of the organisation that the configuration does not know has its number only. */
export const accountNamed = ({ scope }: Spot, id: string): string =>
  scope.accounts.find((account) => account.id === id)?.name ?? id;
