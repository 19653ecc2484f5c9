/**
 * What Slack allows, kept by ourselves so that it never has to refuse: posts about one a second and
 * channel with short bursts, edits 50 a minute in the whole workspace. Pure; the pacer stores it.
 * docs.slack.dev/apis/web-api/rate-limits, docs.slack.dev/reference/methods/chat.update (tier 3)
 */

interface Bucket {
  readonly tokens: number;
  /** When `tokens` was true; milliseconds since 1970. */
  readonly at: number;
  /** Slack asked to wait until then. */
  readonly notBefore?: number;
}

export interface Budget {
  readonly updates: Bucket;
  readonly posts: { readonly [channel: string]: Bucket };
}

export type Call =
  | { readonly method: 'update' }
  | { readonly method: 'post'; readonly channel: string };

interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** A little below what is documented: Slack's clock is not ours. */
const limits = {
  update: { burst: 48, perSecond: 48 / 60 },
  post: { burst: 3, perSecond: 0.95 },
} as const satisfies Readonly<Record<Call['method'], Limit>>;

export const noBudget: Budget = {
  updates: { tokens: limits.update.burst, at: 0 },
  posts: {},
};

const bucketOf = (budget: Budget, call: Call): Bucket =>
  call.method === 'update'
    ? budget.updates
    : (budget.posts[call.channel] ?? { tokens: limits.post.burst, at: 0 });

const withBucket = (budget: Budget, call: Call, bucket: Bucket): Budget =>
  call.method === 'update'
    ? { ...budget, updates: bucket }
    : { ...budget, posts: { ...budget.posts, [call.channel]: bucket } };

/** Calls that may be made at once; 0 while Slack has asked to wait. */
export const tokensFor = (budget: Budget, call: Call, now: number): number => {
  const { tokens, at, notBefore = 0 } = bucketOf(budget, call);
  if (now < notBefore) return 0;
  const { burst, perSecond } = limits[call.method];
  return Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
};

/** Milliseconds until a call leaves `reserve` calls to others; 0 when it may be made now. */
export const waitFor = (budget: Budget, call: Call, reserve: number, now: number): number => {
  const { notBefore = 0 } = bucketOf(budget, call);
  const missing = 1 + reserve - tokensFor(budget, call, Math.max(now, notBefore));
  const refill = missing <= 0 ? 0 : (missing / limits[call.method].perSecond) * 1000;
  return Math.ceil(Math.max(0, notBefore - now) + refill);
};

export const spend = (budget: Budget, call: Call, now: number): Budget =>
  withBucket(budget, call, { tokens: tokensFor(budget, call, now) - 1, at: now });

/** Slack answered 429: nothing more of this kind until its time has passed, and then slowly. */
export const refused = (budget: Budget, call: Call, seconds: number, now: number): Budget =>
  withBucket(budget, call, {
    tokens: 0,
    at: now + seconds * 1000,
    notBefore: now + seconds * 1000,
  });

/** Channels that have their full burst again need no memory. */
export const pruned = (budget: Budget, now: number): Budget => ({
  ...budget,
  posts: Object.fromEntries(
    Object.entries(budget.posts).filter(
      ([channel]) => tokensFor(budget, { method: 'post', channel }, now) < limits.post.burst,
    ),
  ),
});
