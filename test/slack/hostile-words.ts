/** Words of others, one after the other, for every place of a screen where others write. */
import { type Untrusted, untrusted } from '../../src/findings/finding.ts';
import type { RequestState } from '../../src/requests/request.ts';

export interface Written {
  /** Another one at each place, over and over. */
  readonly texts: readonly string[];
  /** How many there are of everything that may be many. */
  readonly many: number;
  readonly state: RequestState;
  readonly tier: 1 | 2 | 3;
}

export interface Says {
  say(): Untrusted;
  each<T>(make: (n: number) => T): readonly T[];
  lines(): readonly Untrusted[];
  /** Of what the code that makes them bounds. */
  few(most: number): readonly Untrusted[];
}

export const sayer = ({ texts, many }: Written): Says => {
  let asked = 0;
  const say = (): Untrusted => {
    asked += 1;
    return untrusted(texts[asked % texts.length] ?? '');
  };
  const each = <T>(make: (n: number) => T): readonly T[] =>
    Array.from({ length: many }, (_, n) => make(n));
  return { say, each, lines: () => each(say), few: (most) => each(say).slice(0, most) };
};
