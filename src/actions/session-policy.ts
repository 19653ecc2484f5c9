/**
 * The session policy of one step: what the role allows, narrowed to the step's own calls and to the
 * resource that it changes. AWS grants only what the role's policy and the session's both allow, so a
 * mistake in one step cannot reach another resource. It guards against bugs, not against whoever
 * holds the function itself. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
 */
import type { ResourceKind } from '../findings/finding.ts';
import type { Action, Register } from './action.ts';
import type { Operation } from './aws.ts';
import { grants, underNames } from './permissions.ts';
import type { RoleNames } from './role-names.ts';

/** What one session is for. */
export interface Scope {
  readonly operations: readonly Operation[];
  /** `account/region/resource` of the register that is written; absent where nothing is. */
  readonly resource?: string;
  /** What the action works on, for names that say nothing of their kind. */
  readonly on?: ResourceKind;
}

/** AWS takes at most so many characters: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const mostPolicyCharacters = 2048;

/** What an EC2 id begins with, and the resource type in its ARN. */
const ec2Types: Readonly<Record<string, string>> = {
  acl: 'network-acl',
  ami: 'image',
  eipalloc: 'elastic-ip',
  eni: 'network-interface',
  i: 'instance',
  sg: 'security-group',
  snap: 'snapshot',
  vol: 'volume',
  vpc: 'vpc',
};

type Ending = (name: string) => readonly string[];

/**
 * How an ARN ends in a resource's name, by its kind and by the pattern in the role's policy. Aliases
 * follow a function's name; six characters of AWS's choice may follow a secret's.
 */
const endings: Readonly<Partial<Record<ResourceKind, Readonly<Record<string, Ending>>>>> = {
  bucket: { '*': (name) => [name] },
  database: { 'db:*': (name) => [`db:${name}`] },
  'database-snapshot': {
    'snapshot:*': (name) => [`snapshot:${name}`],
    'cluster-snapshot:*': (name) => [`cluster-snapshot:${name}`],
  },
  function: { 'function:*': (name) => [`function:${name}`, `function:${name}:*`] },
  secret: { 'secret:*': (name) => [`secret:${name}`, `secret:${name}-??????`] },
};

/** May belong to another account, which shares it with this one. */
const shared = /^(vpc|subnet|key)\//;

/** `instance/i-0a` for an id, `user/name` as it is; nothing for what names no type. */
const typedName = (rest: string): string | undefined => {
  if (rest.includes('/')) return rest;
  const type = ec2Types[/^([a-z]+)-[0-9a-f]+$/.exec(rest)?.[1] ?? ''];
  return type ? `${type}/${rest}` : undefined;
};

/** The pattern's last part, on the step's own resource where that is of the same type. */
const narrowedName = (
  pattern: string,
  { on = 'other', rest }: { readonly on?: ResourceKind | undefined; readonly rest: string },
): readonly string[] => {
  const ending = endings[on]?.[pattern];
  if (ending) return ending(rest);
  const own = typedName(rest);
  const type = own?.slice(0, own.indexOf('/') + 1);
  if (!own || !type || pattern !== `${type}*`) return [pattern];
  const name = own.slice(type.length);
  // An IAM name may stand behind a path that the step does not know.
  return type === 'user/' || type === 'role/' ? [own, `${type}*/${name}`] : [own];
};

/** One resource pattern of the role's policy, in this account and Region and on this resource. */
const narrowed = (
  pattern: string,
  { scope, account, region }: { scope: Scope; account: string; region: string },
): readonly string[] => {
  if (pattern === '*') return [pattern];
  const [arn, partition, service, ofRegion = '', ofAccount = '', ...last] = pattern.split(':');
  const name = last.join(':');
  const rest = scope.resource?.split('/').slice(2).join('/');
  const names = rest ? narrowedName(name, { on: scope.on, rest }) : [name];
  const place = [
    ofRegion === '*' ? region : ofRegion,
    ofAccount === '*' && !shared.test(name) ? account : ofAccount,
  ];
  return names.map((each) => [arn, partition, service, ...place, each].join(':'));
};

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: readonly string[];
}

/**
 * The policy as STS takes it. Conditions are left to the role's own policy, which holds as well.
 * Throws when it is longer than STS allows: the action then declares less for the register.
 */
export const sessionPolicy = (
  scope: Scope,
  place: {
    readonly account: string;
    readonly region: string;
    readonly roleNames?: RoleNames | undefined;
  },
): string => {
  const statements = new Map<string, Statement>();
  for (const operation of [...new Set(scope.operations)].sort())
    for (const { action, resources } of grants[operation]) {
      const Resource = resources.flatMap((each) =>
        narrowed(underNames(each, place.roleNames), { scope, ...place }),
      );
      const known = statements.get(Resource.join());
      if (!known) statements.set(Resource.join(), { Effect: 'Allow', Action: [action], Resource });
      else if (!known.Action.includes(action)) known.Action.push(action);
    }
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [...statements.values()] });
  if (text.length > mostPolicyCharacters)
    throw new Error(
      `The session policy has ${text.length} characters, STS takes ${mostPolicyCharacters}: let the register name the operations that it uses`,
    );
  return text;
};

/** By its name; test/aws/service-authorization.test.ts holds it to what AWS says of each. */
export const readsOnly = (operation: Operation): boolean =>
  /:(BatchGet|Check|Describe|Get|List|Lookup|Search|Simulate|Validate)/.test(operation);

/** Planning again, reading back: no step's change is possible in this session. */
export const lookScope = ({ permissions }: Action): Scope => {
  const { plan, execute, verify, undo } = permissions;
  return { operations: [...plan, ...verify, ...[...execute, ...undo].filter(readsOnly)] };
};

/** One register's own session. */
export const stepScope = (
  { permissions, on }: Action,
  { uses, resource }: Pick<Register, 'uses' | 'resource'>,
  kind: 'contain' | 'undo',
): Scope => ({
  operations: uses ?? (kind === 'contain' ? permissions.execute : permissions.undo),
  resource,
  on,
});
