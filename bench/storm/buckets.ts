/**
 * Slack's documented limits as token buckets that fill evenly. docs.slack.dev/apis/web-api/rate-limits:
 * about one message a second to a channel, with short bursts; other methods by tier, each for the
 * whole app and workspace. docs.slack.dev/reference/methods says which tier a method is in.
 */

export interface Limit {
  /** Calls at once. */
  readonly burst: number;
  readonly perSecond: number;
}

export interface Bucket {
  readonly tokens: number;
  /** When `tokens` was true; milliseconds. */
  readonly at: number;
}

export type Taken =
  | { readonly kind: 'granted'; readonly bucket: Bucket }
  /** `retryAfter` in whole seconds, as in the header of a 429. */
  | { readonly kind: 'limited'; readonly bucket: Bucket; readonly retryAfter: number };

/** A bucket that nobody has used is full. */
export const take = (limit: Limit, bucket: Bucket | undefined, now: number): Taken => {
  const filled = bucket
    ? Math.min(limit.burst, bucket.tokens + ((now - bucket.at) / 1000) * limit.perSecond)
    : limit.burst;
  // A hair's breadth below one is one: sums of fractions.
  if (filled >= 1 - 1e-9) return { kind: 'granted', bucket: { tokens: filled - 1, at: now } };
  return {
    kind: 'limited',
    bucket: { tokens: filled, at: now },
    retryAfter: Math.max(1, Math.ceil((1 - filled) / limit.perSecond - 1e-9)),
  };
};

const tier = (perMinute: number): Limit => ({ burst: perMinute, perSecond: perMinute / 60 });
const tiers = { 2: tier(20), 3: tier(50), 4: tier(100) } as const;

const perChannel: Limit = { burst: 5, perSecond: 1 };

const byMethod: Readonly<Record<string, Limit>> = {
  'chat.update': tiers[3],
  'conversations.history': tiers[3],
  'conversations.replies': tiers[3],
  'conversations.info': tiers[3],
  'usergroups.users.list': tiers[2],
  'users.info': tiers[4],
  'views.open': tiers[4],
  'views.update': tiers[4],
  'chat.postEphemeral': tiers[4],
  'auth.test': tiers[4],
};

export interface Limits {
  /** Undefined when granted, else the seconds to wait. Throws for a method that it does not know. */
  ask(method: string, channel: string, now: number): number | undefined;
}

export const slackLimits = (): Limits => {
  const buckets = new Map<string, Bucket>();
  return {
    ask(method, channel, now) {
      const posting = method === 'chat.postMessage';
      const limit = posting ? perChannel : byMethod[method];
      if (!limit) throw new Error(`the Slack stand-in knows no limit of ${method}`);
      const key = posting ? `${method} ${channel}` : method;
      const taken = take(limit, buckets.get(key), now);
      buckets.set(key, taken.bucket);
      return taken.kind === 'limited' ? taken.retryAfter : undefined;
    },
  };
};
