/** Calls by what limits them, and the least time that AWS's limits allow for them. */
import type { Operation } from '../../src/actions/aws.ts';
import type { World } from '../../src/local/world/world.ts';
import { limitOf } from '../../src/posture/pace.ts';

export interface Tallied {
  /** A service, or an operation with a limit of its own. */
  readonly name: string;
  readonly calls: number;
  /** In the account and Region that gets the most. */
  readonly most: number;
  readonly perSecond: number;
  readonly burst: number;
  /** The least that the most can take. */
  readonly seconds: number;
}

/** Documented for all of STS, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const sts = { name: 'sts', perSecond: 600, burst: 600 };

const limited = (service: string, operation: string) => {
  if (service === 'sts') return sts;
  const [name, limit] = limitOf(`${service}:${operation}` as Operation);
  return { name, ...limit };
};

/** The slowest first. */
export const tally = (calls: World['calls']): readonly Tallied[] => {
  const found = new Map<string, Map<string, number>>();
  const limits = new Map<string, ReturnType<typeof limited>>();
  for (const { service, operation, account, region } of calls) {
    const limit = limited(service, operation);
    const places = found.get(limit.name) ?? new Map<string, number>();
    const place = `${account}/${region}`;
    places.set(place, (places.get(place) ?? 0) + 1);
    found.set(limit.name, places);
    limits.set(limit.name, limit);
  }
  return [...limits.values()]
    .map(({ name, perSecond, burst }) => {
      const places = [...(found.get(name)?.values() ?? [])];
      const most = Math.max(...places);
      return {
        name,
        calls: places.reduce((sum, each) => sum + each, 0),
        most,
        perSecond,
        burst,
        seconds: Math.max(0, most - burst) / perSecond,
      };
    })
    .sort((a, b) => b.seconds - a.seconds || b.calls - a.calls);
};

/** A line a row, under a line of headings. */
export const tallyTable = (rows: readonly Tallied[]): readonly string[] => {
  const line = (cells: readonly (string | number)[]): string =>
    cells
      .map((cell, n) => (n === 0 ? String(cell).padEnd(24) : String(cell).padStart(12)))
      .join('');
  return [
    line(['', 'calls', 'most', 'a second', 'burst', 'seconds']),
    ...rows.map(({ name, calls, most, perSecond, burst, seconds }) =>
      line([name, calls, most, perSecond, burst, seconds.toFixed(1)]),
    ),
  ];
};
