/**
 * What a finding is about, from the many ways in which AWS names a thing: an ARN, a type of
 * CloudFormation (`AWS::EC2::Instance`), of ASFF (`AwsEc2Instance`) or of Inspector
 * (`AWS_EC2_INSTANCE`), or the shape of its id.
 */
import { lastPart, parseArn } from './arn.ts';
import { type Resource, type ResourceKind, type Untrusted, untrusted } from './finding.ts';
import { accountId, at, identifier, isObject, list, text } from './read.ts';
import { tagged } from './tags.ts';

/** Account and Region of a finding, or of one of its resources. */
export interface Where {
  readonly account: string;
  readonly region: string;
}

/** The kinds of which nothing more than their place is known, and instances. */
type NamedKind = Exclude<ResourceKind, 'access-key' | 'finding'>;

/** A name that is shown, none when it says no more than the id. */
export const named = (id: string, name: unknown): { readonly name?: Untrusted } => {
  const found = text(name, 256);
  return found && found !== id ? { name: untrusted(found) } : {};
};

/** The value of the tag `Name`, from a map or from a list of key (or name) and value. */
export const nameTag = (tags: unknown): string => {
  const entry = list(tags, 50).find(
    (tag) => text(at(tag, 'key')) === 'Name' || text(at(tag, 'name')) === 'Name',
  );
  return text(isObject(tags) ? at(tags, 'Name') : at(entry, 'value'), 256);
};

/** An access key with its owner (`userName`, `principalId`, `userType`); ASIA… belongs to a session. */
export const accessKey = (id: string, owner: unknown, where: Where): Resource => {
  const user = text(at(owner, 'userName'), 256);
  const principalId = identifier(at(owner, 'principalId'));
  const userType = text(at(owner, 'userType'), 64);
  return {
    kind: 'access-key',
    id,
    ...where,
    temporary: id.startsWith('ASIA'),
    ...(user && { user: untrusted(user) }),
    ...(principalId && { principalId }),
    ...(userType && { userType }),
  };
};

/** The key and who holds it, or only who used it when there is none (a root or console sign-in). */
export const keyOrPrincipal = (details: unknown, where: Where): readonly Resource[] => {
  const id = identifier(at(details, 'accessKeyId'));
  if (id && id !== 'null') return [accessKey(id, details, where), ...holderOf(details, where)];
  const user = identifier(at(details, 'userName'));
  const userType = text(at(details, 'userType'));
  if (userType === 'Root') return [{ kind: 'account', id: where.account, ...where }];
  if (!user) return [];
  const kind = userType === 'AssumedRole' || userType === 'Role' ? 'role' : 'user';
  return [{ kind, id: user, ...where }];
};

/**
 * Whose key it is: its user, or the session with its role. A session's id is `role/session`, as in
 * its ARN; AWS puts the session's name after the colon of `principalId`.
 */
export const holderOf = (owner: unknown, where: Where): readonly Resource[] => {
  const name = identifier(at(owner, 'userName'));
  const userType = text(at(owner, 'userType'), 64);
  if (name && userType === 'IAMUser') return [{ kind: 'user', id: name, ...where }];
  const session = /^AROA[0-9A-Z]+:([\w+=,.@-]+)$/.exec(text(at(owner, 'principalId'), 256))?.[1];
  return name && session && (userType === 'AssumedRole' || userType === 'Role')
    ? [
        { kind: 'role-session', id: identifier(`${name}/${session}`), ...where },
        { kind: 'role', id: name, ...where },
      ]
    : [];
};

/** Each resource once, by kind, account and id; the first one stays. At most `longest`. */
export const distinct = (resources: readonly Resource[], longest: number): readonly Resource[] => {
  const byId = new Map<string, Resource>();
  for (const item of resources) {
    const key = `${item.kind} ${item.account} ${item.id}`;
    if (!byId.has(key)) byId.set(key, item);
  }
  return [...byId.values()].slice(0, longest);
};

/** `service:resource` of an ARN; what is in the first group is the id people know. */
const arnKinds: readonly (readonly [pattern: RegExp, kind: NamedKind])[] = [
  [/^ec2:instance\/([^/]+)$/, 'instance'],
  [/^ec2:security-group\/([^/]+)$/, 'security-group'],
  [/^ec2:image\/([^/]+)$/, 'image'],
  [/^ec2:snapshot\/([^/]+)$/, 'snapshot'],
  [/^ecr:repository\/(.+\/sha256:.+)$/, 'image'],
  [/^iam:user\/(?:.+\/)?([^/]+)$/, 'user'],
  [/^iam:role\/(?:.+\/)?([^/]+)$/, 'role'],
  [/^sts:assumed-role\/(.+)$/, 'role-session'],
  [/^lambda:function:([^:]+)/, 'function'],
  [/^e[ck]s:cluster\/([^/]+)$/, 'cluster'],
  [/^ecs:container\/(.+)$/, 'container'],
  [/^ecs:task\/([^/]+\/[^/]+)$/, 'task'],
  [/^ecs:service\/([^/]+\/[^/]+)$/, 'service'],
  [/^rds:(?:db|cluster):([^:]+)$/, 'database'],
  [/^rds:(?:cluster-)?snapshot:([^:]+(?::[^:]+)?)$/, 'database-snapshot'],
  [/^kms:key\/([^/]+)$/, 'kms-key'],
  [/^secretsmanager:secret:(.+)$/, 'secret'],
  [/^cloudtrail:trail\/([^/]+)$/, 'trail'],
  [/^guardduty:detector\/([^/]+)$/, 'detector'],
  [/^config:configuration-recorder\/([^/]+)(?:\/[^/]+)?$/, 'recorder'],
  [/^redshift:cluster:([^:]+)$/, 'database'],
  [/^dynamodb:table\/([^/]+)$/, 'database'],
];

/** Types without their punctuation and the leading `aws`. */
const typeKinds = new Map<string, NamedKind | 'access-key'>([
  ['ec2instance', 'instance'],
  ['ec2securitygroup', 'security-group'],
  ['ec2image', 'image'],
  ['ec2snapshot', 'snapshot'],
  ['ecrcontainerimage', 'image'],
  ['iamaccesskey', 'access-key'],
  ['iamuser', 'user'],
  ['iamrole', 'role'],
  ['s3bucket', 'bucket'],
  ['lambdafunction', 'function'],
  ['ecscluster', 'cluster'],
  ['ekscluster', 'cluster'],
  ['rdsdbinstance', 'database'],
  ['rdsdbcluster', 'database'],
  ['rdsdbsnapshot', 'database-snapshot'],
  ['rdsdbclustersnapshot', 'database-snapshot'],
  ['ecstask', 'task'],
  ['ecsservice', 'service'],
  ['kmskey', 'kms-key'],
  ['secretsmanagersecret', 'secret'],
  ['cloudtrailtrail', 'trail'],
  ['guarddutydetector', 'detector'],
  ['configconfigurationrecorder', 'recorder'],
  ['dynamodbtable', 'database'],
  ['redshiftcluster', 'database'],
  ['container', 'container'],
  ['kubernetesworkload', 'workload'],
  ['account', 'account'],
]);

const idKinds: readonly (readonly [pattern: RegExp, kind: NamedKind | 'access-key'])[] = [
  [/^i-[0-9A-Za-z]{4,32}$/, 'instance'],
  [/^sg-[0-9A-Za-z]{4,32}$/, 'security-group'],
  [/^ami-[0-9A-Za-z]{4,32}$/, 'image'],
  [/^snap-[0-9A-Za-z]{4,32}$/, 'snapshot'],
  [/^(AKIA|ASIA)[0-9A-Z]{8,124}$/, 'access-key'],
  [/^\d{12}$/, 'account'],
];

interface Reference {
  /** An ARN, an id, or a type and an id as in `AWS::IAM::AccessKey:AKIA…`. */
  readonly id: unknown;
  /** In any of AWS's spellings; its ARN says more where it has one. */
  readonly type?: unknown;
  readonly name?: unknown;
  /** In any of AWS's spellings. */
  readonly tags?: unknown;
  /** Of an access key: `userName`, `principalId`, `userType`. */
  readonly owner?: unknown;
  /** Of the resource, else of the finding; an ARN's own account and Region win. */
  readonly where: Where;
}

/** The thing that is referred to: one resource, or none when nothing is named. */
export const resourceNamed = (reference: Reference): readonly Resource[] => {
  const id = text(reference.id, 1_024);
  const found = byArn(id) ?? byType(id, reference.type) ?? byId(id);
  if (found.kind === 'access-key')
    return keyOrPrincipal(
      { ...(isObject(reference.owner) ? reference.owner : {}), accessKeyId: found.id },
      reference.where,
    );
  const arn = parseArn(id);
  const where = {
    account: accountId(arn?.account) || reference.where.account,
    region: arn?.region || reference.where.region,
  };
  const shown = identifier(found.id);
  return shown && shown !== 'null'
    ? [
        {
          kind: found.kind,
          id: shown,
          ...where,
          ...named(shown, reference.name),
          ...tagged(reference.tags),
        },
      ]
    : [];
};

interface Identified {
  readonly kind: NamedKind | 'access-key';
  readonly id: string;
}

const byArn = (id: string): Identified | undefined => {
  const arn = parseArn(id);
  if (!arn) return undefined;
  // Buckets and their objects have neither account nor Region; access points have both.
  if (arn.service === 's3' && !arn.account)
    return { kind: 'bucket', id: arn.resource.split('/')[0] ?? '' };
  if (arn.account && (arn.resource === 'root' || arn.resource === ''))
    return { kind: 'account', id: arn.account };
  for (const [pattern, kind] of arnKinds) {
    const match = pattern.exec(`${arn.service}:${arn.resource}`);
    if (match?.[1]) return { kind, id: match[1] };
  }
  return undefined;
};

const byType = (id: string, type: unknown): Identified | undefined => {
  const plain = text(type, 128)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^aws/, '');
  const kind = typeKinds.get(plain);
  return kind && { kind, id: /^(arn|AWS):/.test(id) ? lastPart(id) : id };
};

const byId = (id: string): Identified => {
  const last = lastPart(id);
  const kind = idKinds.find(([pattern]) => pattern.test(last))?.[1];
  return kind ? { kind, id: last } : { kind: 'other', id };
};
