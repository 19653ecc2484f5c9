/**
 * How fast posture and evidence may read, so that 500 accounts do not use up what others need of an API. Each
 * call takes the next free slot of its operation in its account and Region, and sleeps until then.
 */
import type { Operation } from '../actions/aws.ts';

export interface Limit {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Time {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Security Hub's are documented, https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html;
 * AWS publishes none for most others, so these stay well below what usually throttles. Shared ones
 * (Organizations, Access Analyzer of the administrator) are the slowest.
 */
const limits: Readonly<Record<string, Limit>> = {
  'securityhub:GetFindings': { perSecond: 3, burst: 6 },
  securityhub: { perSecond: 10, burst: 30 },
  organizations: { perSecond: 2, burst: 10 },
  iam: { perSecond: 5, burst: 10 },
  // Documented: docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  'cloudtrail:LookupEvents': { perSecond: 2, burst: 1 },
  cloudtrail: { perSecond: 2, burst: 10 },
  config: { perSecond: 2, burst: 10 },
  // Also how long it is waited between two looks at a query: it takes some seconds.
  'logs:GetQueryResults': { perSecond: 1, burst: 3 },
  'athena:GetQueryExecution': { perSecond: 1, burst: 3 },
  athena: { perSecond: 2, burst: 4 },
  logs: { perSecond: 2, burst: 4 },
  kms: { perSecond: 10, burst: 50 },
  s3: { perSecond: 20, burst: 50 },
};
const usual: Limit = { perSecond: 5, burst: 20 };

/** What an operation counts against: itself or its service, in its account and Region. */
export const limitOf = (operation: Operation): readonly [string, Limit] => {
  const service = operation.slice(0, operation.indexOf(':'));
  return limits[operation] ? [operation, limits[operation]] : [service, limits[service] ?? usual];
};

export interface Pace {
  /** Returns when the call may be made. */
  turn(operation: Operation, account: string, region: string): Promise<void>;
}

/** A generic cell rate algorithm: `full` is when a bucket would be full again. */
export const pace = ({ now, sleep }: Time): Pace => {
  const full = new Map<string, number>();
  return {
    async turn(operation, account, region) {
      const [name, { perSecond, burst }] = limitOf(operation);
      const key = `${account}/${region}/${name}`;
      const step = 1000 / perSecond;
      const at = now();
      const next = Math.max(full.get(key) ?? at, at) + step;
      full.set(key, next);
      const wait = next - step * burst - at;
      if (wait > 0) await sleep(wait);
    },
  };
};
