/** What a case names that evidence can be gathered about. Pure; the names may be an attacker's. */
import { type Finding, type Resource, type Untrusted, untrusted } from '../findings/finding.ts';

/** An account (twelve digits) and a Region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

interface Named<K> {
  readonly kind: K;
  /** Of the user or role, without its path. */
  readonly name: string;
  /** Twelve digits. */
  readonly account: string;
}

/** What IAM knows under a name. */
export type UserOrRole = Named<'user'> | Named<'role'>;
export type Principal = UserOrRole | Named<'root'>;

interface AccessKeySubject {
  readonly id: string;
  readonly account: string;
  /** The IAM user who owns it, where that is known; never of a temporary one. */
  readonly user?: string;
}

export interface Subjects {
  readonly principals: readonly Principal[];
  readonly keys: readonly AccessKeySubject[];
  /** Names of role sessions, as CloudTrail has them for a user name. */
  readonly sessions: readonly { readonly name: string; readonly account: string }[];
  /** Everything else: instances, buckets, functions … */
  readonly resources: readonly Resource[];
  readonly addresses: readonly string[];
  /** Where the findings are from: addresses are asked about in each of these. */
  readonly places: readonly Place[];
  /** What the case names beside these, as `user eve`: nothing is asked about it. */
  readonly leftOut: readonly Untrusted[];
  /** Of the finding that leads the case. */
  readonly account: string;
  readonly region: string;
}

/** A case may name hundreds; what evidence asks about has to end. */
export const mostSubjects = 4;

interface Bounded<T> {
  readonly kept: readonly T[];
  readonly left: readonly Untrusted[];
}

/** Of several that are the same the first: the lead's. `inWords` names those that are too many. */
const bounded = <T>(
  all: readonly T[],
  key: (one: T) => string,
  inWords: (one: T) => string,
): Bounded<T> => {
  const firsts = new Map<string, T>();
  for (const one of all) if (!firsts.has(key(one))) firsts.set(key(one), one);
  const distinct = [...firsts.values()];
  return {
    kept: distinct.slice(0, mostSubjects),
    left: distinct.slice(mostSubjects).map((one) => untrusted(inWords(one))),
  };
};

const ofKey = (key: Extract<Resource, { kind: 'access-key' }>): readonly Principal[] => {
  const { account } = key;
  if (key.userType === 'Root') return [{ kind: 'root', name: 'root', account }];
  if (!key.user) return [];
  return [{ kind: key.temporary ? 'role' : 'user', name: key.user, account }];
};

const principalsIn = (resource: Resource): readonly Principal[] => {
  const { kind, account } = resource;
  if (kind === 'access-key') return ofKey(resource);
  if (kind === 'user') return [{ kind, name: resource.id, account }];
  if (kind === 'role' || kind === 'role-session')
    return [{ kind: 'role', name: resource.id.split('/')[0] ?? '', account }];
  return [];
};

/** `AROA…:session` tells the session of a key that belongs to one. */
const sessionsIn = (resource: Resource) => {
  const { kind, account } = resource;
  const name =
    kind === 'role-session'
      ? resource.id.split('/')[1]
      : kind === 'access-key' && resource.temporary
        ? resource.principalId?.split(':')[1]
        : undefined;
  return name ? [{ name, account }] : [];
};

const keysIn = (resource: Resource): readonly AccessKeySubject[] => {
  if (resource.kind !== 'access-key') return [];
  const { id, account, user, temporary } = resource;
  return [{ id, account, ...(user && !temporary ? { user } : {}) }];
};

const actors = ['access-key', 'user', 'role', 'role-session', 'finding', 'address', 'account'];

const named = ({ account, name }: { readonly account: string; readonly name: string }): string =>
  `${account}/${name}`;

/** `lead`: the finding that the card describes. Of each kind at most four, those of the lead first. */
export const subjectsOf = (lead: Finding, findings: readonly Finding[]): Subjects => {
  const all = [lead, ...findings];
  const resources = all.flatMap((finding) => finding.resources);
  const principals = bounded(
    resources.flatMap(principalsIn),
    (one) => `${one.kind}/${named(one)}`,
    ({ kind, name }) => `${kind} ${name}`,
  );
  const keys = bounded(
    resources.flatMap(keysIn),
    ({ id }) => id,
    ({ id }) => `key ${id}`,
  );
  const sessions = bounded(resources.flatMap(sessionsIn), named, ({ name }) => `session ${name}`);
  const things = bounded(
    resources.filter(({ kind }) => !actors.includes(kind)),
    ({ kind, account, id }) => `${kind}/${account}/${id}`,
    ({ kind, id }) => `${kind} ${id}`,
  );
  const addresses = bounded(
    all.flatMap((finding) => finding.actors.flatMap(({ ip }) => ip ?? [])),
    (ip) => ip,
    (ip) => `address ${ip}`,
  );
  const places = bounded(
    all.map(({ account, region }) => ({ account, region })),
    ({ account, region }) => `${account}/${region}`,
    ({ account, region }) => `account ${account} in ${region}`,
  );
  return {
    principals: principals.kept,
    keys: keys.kept,
    sessions: sessions.kept,
    resources: things.kept,
    addresses: addresses.kept,
    places: places.kept,
    leftOut: [principals, keys, sessions, things, addresses, places].flatMap(({ left }) => left),
    account: lead.account,
    region: lead.region,
  };
};
