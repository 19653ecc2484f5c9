/** What the functions' calls go through: AWS and Slack, with the faults of a life. */
import type { LocalWorld } from '../../src/local/local-world.ts';
import { AwsError, throttled } from '../../src/local/world/aws-error.ts';
import { randomFrom } from '../random.ts';
import type { Bug } from './bugs.ts';
import type { Invocation } from './containers.ts';
import { type FaultKind, type FaultPlan, hashOf, type Strike } from './faults.ts';
import type { Call, Witness } from './witness.ts';

/** A time in which something refuses everything. */
interface Outage {
  /** `busy`: Slack answers 429 to whatever is posted or edited. */
  readonly of: 'slack' | 'busy' | 'tables' | 'executor';
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface Troubles {
  /** What struck so far. */
  readonly strikes: readonly Strike[];
  /** What happens at the next such place, which is counted; recorded when something does. */
  strike(place: string, what: string, possible: readonly FaultKind[]): FaultKind | undefined;
  outage(outage: Outage): void;
  isOut(what: Outage['of']): boolean;
  /** From now on nothing strikes any more. */
  stop(): void;
}

export const troublesOf = (plan: FaultPlan, now: () => number): Troubles => {
  const strikes: Strike[] = [];
  const counts = new Map<string, number>();
  let outages: readonly Outage[] = [];
  let over = false;
  return {
    strikes,
    strike(place, what, possible) {
      const name = `${place} ${what}`;
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      if (over) return undefined;
      const numbered = `${name} #${nth}`;
      const kind = plan(numbered, possible);
      if (kind) strikes.push({ place: numbered, kind });
      return kind;
    },
    outage(outage) {
      outages = [...outages, outage];
    },
    isOut(what) {
      const out = !over && outages.some(({ of, until }) => of === what && until > now());
      if (out) strikes.push({ place: what, kind: 'outage' });
      return out;
    },
    stop() {
      over = true;
    },
  };
};

const never = (): Promise<never> => new Promise(() => {});

/** Others go first; without a real wait. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

export interface Outskirts {
  readonly world: LocalWorld;
  readonly current: () => Invocation | undefined;
  readonly troubles: Troubles;
  readonly witness: Witness;
  readonly bug: Bug | undefined;
}

const die = (invocation: Invocation): Promise<never> => {
  invocation.kill();
  return never();
};

/** Seconds that a late answer takes, at most. */
const latest = 5;

const aws = async (
  { world, troubles, witness, bug }: Outskirts,
  by: Invocation,
  { call, go }: { readonly call: Call; readonly go: () => Promise<unknown> },
): Promise<unknown> => {
  const name = `${call.service}:${call.operation}`;
  const see = () => witness.see(call, by, go);
  const carried = () => (bug?.aws ? bug.aws(call, see, by, world) : see());
  if (call.service === 'dynamodb' && troubles.isOut('tables')) throw throttled('dynamodb');
  const kind = troubles.strike(by.name, name, [
    'fail',
    'lost',
    'throttle',
    'late',
    'twice',
    'kill',
    'kill-after',
  ]);
  switch (kind) {
    case 'fail':
      throw new AwsError('InternalError', `${name} is broken`, 500);
    case 'throttle':
      if (bug?.throttled) return bug.throttled(call);
      throw throttled(call.service);
    case 'lost':
      await carried();
      throw new AwsError('TimeoutError', `${name} did not answer`, 504);
    case 'late': {
      const random = randomFrom(hashOf(`${by.number} ${name}`));
      await turns(random.below(20));
      world.clock.moveTo(world.clock.now() + random.below(latest * 1000));
      if (by.dead) return never();
      return carried();
    }
    case 'twice':
      await carried();
      return carried();
    case 'kill':
      return die(by);
    case 'kill-after':
      await carried();
      return die(by);
    default:
      return carried();
  }
};

const refusal = (body: object, init?: ResponseInit): Response => Response.json(body, init);

const slack = async (
  { world, troubles, bug }: Outskirts,
  by: Invocation,
  { name, go }: { readonly name: string; readonly go: () => Promise<Response> },
): Promise<Response> => {
  if (troubles.isOut('slack')) return refusal({ ok: false, error: 'service_unavailable' });
  const tooBusy = name.startsWith('chat.') && troubles.isOut('busy');
  const kind = tooBusy
    ? 'throttle'
    : troubles.strike(by.name, `slack:${name}`, [
        'fail',
        'lost',
        'throttle',
        'late',
        'kill',
        'kill-after',
      ]);
  switch (kind) {
    case 'fail':
      return refusal({ ok: false, error: 'fatal_error' });
    case 'throttle':
      if (bug?.slackThrottled) return bug.slackThrottled(name);
      return refusal(
        { ok: false, error: 'ratelimited' },
        { status: 429, headers: { 'retry-after': '3' } },
      );
    case 'lost':
      await go();
      throw new TypeError('fetch failed');
    case 'late':
      await turns(5);
      world.clock.moveTo(world.clock.now() + 1000);
      return go();
    case 'kill':
      return die(by);
    case 'kill-after':
      await go();
      return die(by);
    default:
      return go();
  }
};

/** Stands between the functions and everything else. Calls of nobody's are the owner's own. */
export const surround = (outskirts: Outskirts): void => {
  const { world, current } = outskirts;
  world.aws.network = async (call, go) => {
    const by = current();
    if (!by) return go();
    if (by.dead) return never();
    const answer = await aws(outskirts, by, { call, go });
    // Nobody is there any more to hear it.
    return by.dead ? never() : (answer as never);
  };
  const { fetch } = world.slack;
  Object.assign(world.slack, {
    fetch: async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
      const by = current();
      if (!by) return fetch(input, init);
      if (by.dead) return never();
      const url = input instanceof Request ? input.url : String(input);
      const name = new URL(url).pathname.split('/').at(-1) ?? '';
      return slack(outskirts, by, { name, go: () => fetch(input, init) });
    },
  });
};
