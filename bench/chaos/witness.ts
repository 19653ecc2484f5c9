/**
 * What really happened, seen where it happens and past every function's own word: changes in AWS with what
 * was stored at that moment, versions of requests, audit drafts, and what people pressed.
 */
import type { AuditDraft } from '../../src/audit/entry.ts';
import type { LocalWorld } from '../../src/local/local-world.ts';
import type { World } from '../../src/local/world/world.ts';
import type { Request } from '../../src/requests/request.ts';
import { type JournalEntry, requestsTable } from '../../src/store/requests-table.ts';
import type { Invocation } from './containers.ts';

export type Call = Parameters<World['network']>[0];

/** One change that a function made in somebody's account. */
export interface Change {
  readonly service: string;
  readonly operation: string;
  /** What it changed: `eni-…`, a key, a group. */
  readonly resource: string;
  readonly by: Pick<Invocation, 'number' | 'name' | 'request' | 'startedAt'>;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** As stored when it was made. */
  readonly request: Request | undefined;
  /** Lines of the request's journal for that resource, when it was made. */
  readonly lines: readonly JournalEntry[];
  /** What AWS had before, where it is a value that the journal compares. */
  readonly live: string | undefined;
  /** The newest word of the worker that people may still do this, as the worker stored it; ISO 8601 UTC. */
  readonly stamp: string | undefined;
  /** Another invocation that changed the same and could still be at work. */
  readonly beside: number | undefined;
}

interface Press {
  readonly user: string;
  readonly verb: string;
  /** The request or case that the button was of, where it was a button of a message. */
  readonly about: string | undefined;
  readonly at: number;
}

export interface Witness {
  readonly changes: readonly Change[];
  /** Versions of each request in the order in which they were stored. */
  readonly versions: ReadonlyMap<string, readonly number[]>;
  /** Ids of all drafts that were ever stored. */
  readonly drafts: ReadonlySet<string>;
  /** Everything anybody pressed or submitted. */
  readonly presses: readonly Press[];
  pressed(press: Press): void;
  /** Carries a call and looks at what it does. */
  see(call: Call, by: Invocation, go: () => Promise<unknown>): Promise<unknown>;
}

/** A killed function may go on for so long, as far as anybody can know: its time limit. Milliseconds. */
const timeLimit = 45_000;

const own = /^(dynamodb|sqs|sts|states|secretsmanager|sns)$/;
const reading = /^(Get|List|Describe|Search|Simulate|Lookup|BatchGet|Generate)/;

const isChange = ({ service, operation, input }: Call): boolean =>
  !own.test(service) &&
  !reading.test(operation) &&
  !('DryRun' in input && input.DryRun === true) &&
  !('Bucket' in input && String(input.Bucket).startsWith('cordon-'));

const named = (input: object, names: readonly string[]): string | undefined =>
  names
    .flatMap((name) => Reflect.get(input, name))
    .find((value): value is string => typeof value === 'string');

const resourceOf = ({ input }: Call): string =>
  named(input, [
    'NetworkInterfaceId',
    'AccessKeyId',
    'InstanceId',
    'GroupId',
    'Resources',
    'VpcId',
    'UserName',
    'RoleName',
  ]) ?? 'unknown';

const account = '123456789012';

/** The group by the name that the journal has for it. */
const groupName = (world: LocalWorld, id: string): string => {
  const name = world.aws.partition(account, 'eu-west-1').groups.get(id)?.name;
  return name?.startsWith('cordon-') ? name : id;
};

/** As JSON, in the journal's words; undefined for values that it words in its own way. */
const liveOf = (world: LocalWorld, { operation, input }: Call): string | undefined => {
  if (operation === 'ModifyNetworkInterfaceAttribute' && 'Groups' in input) {
    const eni = world.aws
      .partition(account, 'eu-west-1')
      .interfaces.get(named(input, ['NetworkInterfaceId']) ?? '');
    return JSON.stringify((eni?.groups ?? []).map((id) => groupName(world, id)).toSorted());
  }
  if (operation !== 'UpdateAccessKey') return undefined;
  const keys = world.aws.account(account).users.get(named(input, ['UserName']) ?? '')?.keys ?? [];
  return JSON.stringify(keys.find(({ id }) => id === named(input, ['AccessKeyId']))?.status);
};

/** Our own empty group is one register, whatever is done to make it. */
const isAbout = (hold: string, resource: string): boolean =>
  hold.includes(resource) || (resource.startsWith('sg-') && hold.includes('cordon-'));

const suffix: Readonly<Record<string, string>> = { Groups: '/groups' };

const linesFor = (lines: readonly JournalEntry[], call: Call): readonly JournalEntry[] => {
  const attribute = Object.keys(suffix).find(
    (name) => name in call.input && call.operation.startsWith('ModifyNetwork'),
  );
  return lines.filter(
    ({ hold }) =>
      isAbout(hold, resourceOf(call)) && (!attribute || hold.endsWith(suffix[attribute] ?? '')),
  );
};

export const witnessOf = (world: () => LocalWorld, invocations: readonly Invocation[]): Witness => {
  const changes: Change[] = [];
  const presses: Press[] = [];
  const versions = new Map<string, number[]>();
  const drafts = new Set<string>();
  const stamps = new Map<string, string>();

  const besideOf = (by: Invocation, resource: string, at: number): number | undefined =>
    changes.find(({ by: other, ...one }) => {
      if (one.resource !== resource || other.number === by.number) return false;
      const first = invocations[other.number - 1];
      if (!first || first.ended) return false;
      return !first.dead || at < first.startedAt + timeLimit;
    })?.by.number;

  const change = async (call: Call, by: Invocation): Promise<void> => {
    const requests = requestsTable(world().owners.requests);
    const live = liveOf(world(), call);
    const [request, lines] = by.request
      ? await Promise.all([requests.get(by.request), requests.journal(by.request)])
      : [undefined, []];
    const resource = resourceOf(call);
    const at = world().clock.now();
    changes.push({
      service: call.service,
      operation: call.operation,
      resource,
      by: { number: by.number, name: by.name, request: by.request, startedAt: by.startedAt },
      at,
      request,
      lines: linesFor(lines, call),
      live,
      stamp: by.request && stamps.get(by.request),
      beside: besideOf(by, resource, at),
    });
  };

  const stored = (input: object, by: Invocation): void => {
    const item: unknown = Reflect.get(input, 'Item');
    if (typeof item !== 'object' || item === null) return;
    const pk = String(Reflect.get(item, 'pk'));
    const waiting: Readonly<Record<string, AuditDraft>> = Reflect.get(item, 'drafts') ?? {};
    for (const id of Object.keys(waiting)) drafts.add(id);
    if (!pk.startsWith('REQUEST#')) return;
    const id = pk.slice(8);
    const { stamp }: Partial<Request> = Reflect.get(item, 'item') ?? {};
    if (by.name === 'worker' && stamp) stamps.set(id, stamp.at);
    versions.set(id, [...(versions.get(id) ?? []), Number(Reflect.get(item, 'version'))]);
  };

  return {
    changes,
    presses,
    versions,
    drafts,
    pressed: (press) => void presses.push(press),
    async see(call, by, go) {
      if (isChange(call)) await change(call, by);
      const answer = await go();
      if (call.service === 'dynamodb' && call.operation === 'PutItem') stored(call.input, by);
      return answer;
    },
  };
};
