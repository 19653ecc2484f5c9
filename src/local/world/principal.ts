/**
 * Who calls and what they may. A function's own role has the rights of src/aws/rights.ts on the
 * named resource; an assumed role has its generated policy, narrowed by that of the session. Policy
 * conditions are not evaluated.
 */
import type { MemberRole } from '../../actions/action.ts';
import type { RoleNames } from '../../actions/role-names.ts';
import { memberPolicy } from '../../app/member-policy.ts';
import {
  type FunctionName,
  functionNames,
  functionRights,
  type OwnResource,
  ownResources,
} from '../../aws/rights.ts';
import { AwsError, denied } from './aws-error.ts';
import { missingInSession, type SessionStatement } from './session-rights.ts';

export type Principal =
  | { readonly kind: 'function'; readonly name: FunctionName; readonly account: string }
  | {
      readonly kind: 'session';
      /** The function that assumed the role. */
      readonly function: string;
      readonly role: MemberRole;
      readonly account: string;
      readonly sourceIdentity?: string;
      readonly tags: Readonly<Record<string, string>>;
      /** Its session policy: narrower than the role, never wider. */
      readonly policy?: readonly SessionStatement[];
      /** Milliseconds since the epoch. */
      readonly expires: number;
    }
  /** May do everything in its account: the owner, or whoever stole that much. For scenarios. */
  | { readonly kind: 'administrator'; readonly account: string };

export interface Request {
  readonly service: string;
  readonly operation: string;
  readonly input: object;
  readonly region: string;
}

const isFunction = (name: string): name is FunctionName =>
  functionNames.some((each) => each === name);

/** From an access key id: `FUNCTION-worker`, `ADMIN-123456789012`, or one that the fake STS gave. */
export const principalOf = (
  accessKeyId: string,
  world: {
    readonly securityAccount: string;
    readonly sessions: ReadonlyMap<string, Principal>;
    now(): number;
  },
): Principal => {
  const name = accessKeyId.replace('FUNCTION-', '');
  if (name !== accessKeyId && isFunction(name))
    return { kind: 'function', name, account: world.securityAccount };
  const administered = /^ADMIN-(\d{12})$/.exec(accessKeyId)?.[1];
  if (administered) return { kind: 'administrator', account: administered };
  const session = world.sessions.get(accessKeyId);
  if (!session)
    throw new AwsError('InvalidClientTokenId', `No such access key: ${accessKeyId}`, 403);
  if (session.kind === 'session' && session.expires <= world.now())
    throw new AwsError('ExpiredToken', 'The security token included in the request is expired');
  return session;
};

/** Calls that IAM knows by another name. */
const renamed: Readonly<Record<string, string>> = {
  'access-analyzer:ListFindingsV2': 'access-analyzer:ListFindings',
  'securityhub:BatchUpdateFindingsV2': 'securityhub:BatchUpdateFindings',
  'securityhub:GetFindingsV2': 'securityhub:GetFindings',
  'securityhub:GetFindingStatisticsV2': 'securityhub:GetAdhocInsightResults',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjectsV2': 's3:ListBucket',
  's3control:GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
};

/** What AWS checks a call against: mostly its own name. */
const neededActions = ({ service, operation, input }: Request): readonly string[] => {
  const own = renamed[`${service}:${operation}`] ?? `${service}:${operation}`;
  if ('TagSpecifications' in input) return [own, 'ec2:CreateTags'];
  if (own !== 'sts:AssumeRole') return [own];
  return [
    own,
    ...('Tags' in input ? ['sts:TagSession'] : []),
    ...('SourceIdentity' in input ? ['sts:SetSourceIdentity'] : []),
  ];
};

const resourceMembers = [
  'TableName',
  'QueueUrl',
  'stateMachineArn',
  'Bucket',
  'TopicArn',
  'SecretId',
];

/** DynamoDB's batches name their tables as keys. */
const batchedTables = (input: object): readonly string[] =>
  'RequestItems' in input ? Object.keys(input.RequestItems ?? {}) : [];

/** The physical names a call is about: the last part of its ARN or URL. */
const physicalNames = (input: object): readonly string[] => [
  ...batchedTables(input),
  ...namedIn(input),
];

const namedIn = (input: object): readonly string[] =>
  Object.entries(input).flatMap(([member, value]) =>
    resourceMembers.includes(member) && typeof value === 'string'
      ? (value.split(/[/:]/).at(-1) ?? [])
      : [],
  );

const roleResource = (input: object, { path, prefix }: RoleNames): OwnResource | undefined => {
  const [, role] = ('RoleArn' in input ? String(input.RoleArn) : '').split(`:role${path}${prefix}`);
  if (role === 'read') return 'read roles';
  return /^respond(-[a-z]+)?$/.test(role ?? '') ? 'response roles' : undefined;
};

const isOwn = (name: string | undefined): name is OwnResource =>
  name !== undefined && Object.hasOwn(ownResources, name);

/** What Cordon's own resources are called, and its roles. */
interface Naming {
  /** Physical to logical names. */
  readonly resources: Readonly<Record<string, string>>;
  readonly roleNames: RoleNames;
}

/** Undefined for what is none of Cordon's own resources: nobody has a right on that. */
const resourceOf = (
  { service, input }: Request,
  { resources, roleNames }: Naming,
): OwnResource | undefined => {
  if (service === 'sts') return roleResource(input, roleNames);
  if ('executionArn' in input)
    return /:execution:cordon-execution:[^:]+$/.test(String(input.executionArn))
      ? 'runs'
      : undefined;
  const names = physicalNames(input);
  const logical = names.length === 1 ? resources[names[0] ?? ''] : undefined;
  return isOwn(logical) ? logical : undefined;
};

const memberActions = (role: MemberRole): readonly string[] =>
  memberPolicy(role)
    .Statement.filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) => statement.Action);

const granted = (principal: Principal, request: Request, naming: Naming): readonly string[] => {
  switch (principal.kind) {
    case 'administrator':
      return neededActions(request);
    case 'session':
      return memberActions(principal.role);
    case 'function': {
      const on = resourceOf(request, naming);
      return functionRights[principal.name]
        .filter((right) => right.on === on)
        .flatMap((right) => right.actions);
    }
    default:
      return principal satisfies never;
  }
};

/** Throws the service's own denial unless the principal may make this call. */
export const authorise = (principal: Principal, request: Request, naming: Naming): void => {
  if (request.service === 'sts' && request.operation === 'GetCallerIdentity') return;
  const actions = granted(principal, request, naming);
  const missing = neededActions(request).find((action) => !actions.includes(action));
  if (missing)
    throw denied(
      request.service,
      `${callerOf(principal, naming.roleNames).role} is not authorized to perform: ${missing}${
        principal.kind === 'function'
          ? ` (on ${physicalNames(request.input).join(', ') || 'that resource'})`
          : ''
      }`,
    );
  if (principal.kind === 'session') narrow(principal, request, naming.roleNames);
};

/** AWS says no to what the session policy leaves out, whatever the role may do. */
const narrow = (
  principal: Extract<Principal, { kind: 'session' }>,
  request: Request,
  names: RoleNames,
): void => {
  if (!principal.policy) return;
  const { account } = principal;
  const missing = missingInSession(principal.policy, neededActions(request), {
    ...request,
    account,
  });
  if (missing)
    throw denied(
      request.service,
      `${callerOf(principal, names).role} is not authorized to perform: ${missing} because no session policy allows the ${missing} action`,
    );
};

/** How a principal appears in the log of calls. */
export const callerOf = (
  principal: Principal,
  { prefix }: RoleNames,
): { readonly function: string; readonly role: string } => {
  switch (principal.kind) {
    case 'function':
      return { function: principal.name, role: `${prefix}${principal.name}` };
    case 'session':
      return { function: principal.function, role: `${prefix}${principal.role}` };
    case 'administrator':
      return { function: 'nobody', role: 'administrator' };
    default:
      return principal satisfies never;
  }
};
