/**
 * Bucket policies as text: what they let in, whom they deny, and the quarantine made of one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import type { Json } from './action.ts';
import { memberRoleName, memberRolePath, type RoleNames, roleArn } from './role-names.ts';

type Statement = { readonly [element: string]: Json };

const isRecord = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: Json | undefined): readonly Json[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

const textsOf = (value: Json | undefined): readonly string[] =>
  listOf(value).map((each) => (typeof each === 'string' ? each : JSON.stringify(each)));

const parsed = (text: string): Statement => {
  const policy: unknown = JSON.parse(text);
  return isRecord(policy) ? policy : {};
};

const statementsOf = (text: string): readonly Statement[] =>
  listOf(parsed(text)['Statement']).filter(isRecord);

/**
 * S3 may hand a policy back with lists of one flattened, booleans as text and another order; none
 * of this changes what it means.
 */
const normal = (value: Json): Json => {
  if (Array.isArray(value)) {
    const items = value
      .map(normal)
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    return items.length === 1 ? (items[0] ?? null) : items;
  }
  if (!isRecord(value)) return String(value);
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, normal(value[key] ?? null)]),
  );
};

/** True when two policies mean the same, however S3 spells them. */
export const samePolicy = (one: string, other: string): boolean =>
  one === other || JSON.stringify(normal(parsed(one))) === JSON.stringify(normal(parsed(other)));

/**
 * `*` and `?` as IAM reads them. No regular expression: a policy is other people's text, and with
 * enough stars in it one would never end.
 */
const fits = (pattern: string, value: string): boolean => {
  let [at, seen, star, retry] = [0, 0, -1, 0];
  while (seen < value.length) {
    if (pattern[at] === '*') {
      star = at;
      retry = seen;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === value[seen]) {
      at += 1;
      seen += 1;
    } else if (star >= 0) {
      retry += 1;
      seen = retry;
      at = star + 1;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
};

const anyFits = (patterns: Json | undefined, value: string): boolean =>
  textsOf(patterns).some((pattern) => fits(pattern, value));

/** Actions are compared without regard to case, ARNs with it. */
const anyActionFits = (patterns: Json | undefined, action: string): boolean =>
  textsOf(patterns).some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase()));

/** Whether the element, or with `Not` in its name everything else, takes the value in. */
const covers = (statement: Statement, name: 'Action' | 'Resource', value: string): boolean => {
  const matches = name === 'Action' ? anyActionFits : anyFits;
  const not = statement[`Not${name}`];
  return not === undefined ? matches(statement[name], value) : !matches(not, value);
};

const awsOf = (principal: Json | undefined): readonly string[] =>
  isRecord(principal) ? textsOf(principal['AWS']) : textsOf(principal);

/** A role as a policy sees it: by its own ARN, as part of its account, or as anybody. */
const names = (principal: Json | undefined, role: string): boolean => {
  const account = role.split(':')[4] ?? '';
  const ways = ['*', account, `arn:aws:iam::${account}:root`, role];
  return awsOf(principal).some((each) => ways.includes(each));
};

const principalOperators: Readonly<Record<string, boolean>> = {
  ArnLike: true,
  ArnEquals: true,
  StringLike: true,
  StringEquals: true,
  ArnNotLike: false,
  ArnNotEquals: false,
  StringNotLike: false,
  StringNotEquals: false,
};

/** False also for a condition that cannot be judged from here. */
const certainlyMeets = (condition: Json | undefined, role: string): boolean =>
  condition === undefined ||
  (isRecord(condition) &&
    Object.entries(condition).every(([operator, keys]) => {
      const wanted = principalOperators[operator];
      return (
        wanted !== undefined &&
        isRecord(keys) &&
        Object.entries(keys).every(
          ([key, values]) =>
            key.toLowerCase() === 'aws:principalarn' && anyFits(values, role) === wanted,
        )
      );
    }));

const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;

/**
 * True when the policy certainly denies the role the action on the bucket itself. A deny under a
 * condition on anything but the caller (no TLS, another VPC) counts as no denial.
 */
export const certainlyDenies = (
  policy: string,
  {
    role,
    action,
    bucket,
  }: { readonly role: string; readonly action: string; readonly bucket: string },
): boolean =>
  statementsOf(policy).some(
    (statement) =>
      statement['Effect'] === 'Deny' &&
      covers(statement, 'Action', action) &&
      covers(statement, 'Resource', bucketArn(bucket)) &&
      (statement['NotPrincipal'] === undefined
        ? names(statement['Principal'], role)
        : !names(statement['NotPrincipal'], role)) &&
      certainlyMeets(statement['Condition'], role),
  );

export const quarantineSid = 'CordonQuarantine';

/** True when the policy has a statement by our name, whatever it says. */
export const hasQuarantine = (policy: string): boolean =>
  statementsOf(policy).some(({ Sid }) => Sid === quarantineSid);

interface Allowed {
  readonly bucket: string;
  readonly account: string;
  /** Role names, with their path where they have one. */
  readonly breakGlassRoles: readonly string[];
  /** What Cordon's own are called. */
  readonly roleNames: RoleNames;
}

/** Who stays able to use a quarantined bucket, as role ARNs. */
export const allowedRoles = ({ account, breakGlassRoles, roleNames }: Allowed): readonly string[] =>
  [memberRolePath('read', roleNames), memberRolePath('respond', roleNames), ...breakGlassRoles].map(
    (name) => roleArn(account, name),
  );

/**
 * The policy under which only the allowed roles get in. A caller without a role (anonymous, an AWS
 * service) has no `aws:PrincipalArn`, which a negated operator counts as a match: denied too.
 * What the policy denied before stays denied; what it allowed is left out, for nobody could use it
 * and a policy that allows everybody is refused where public policies are blocked.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const quarantinePolicy = (before: string | undefined, allowed: Allowed): string => {
  const quarantine = {
    Sid: quarantineSid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [bucketArn(allowed.bucket), `${bucketArn(allowed.bucket)}/*`],
    Condition: { ArnNotLike: { 'aws:PrincipalArn': allowedRoles(allowed) } },
  };
  const kept = before === undefined ? [] : statementsOf(before);
  return JSON.stringify({
    // The version changes what `${…}` means, so a policy keeps its own. Without one it is this old.
    Version: before === undefined ? '2012-10-17' : (parsed(before)['Version'] ?? '2008-10-17'),
    Statement: [
      quarantine,
      ...kept.filter(({ Effect, Sid }) => Effect === 'Deny' && Sid !== quarantineSid),
    ],
  });
};

/** Our own roles and the calls without which nothing could be read back or undone. */
const needed = [
  ['read', 's3:GetBucketPolicy'],
  ['respond', 's3:GetBucketPolicy'],
  ['respond', 's3:PutBucketPolicy'],
  ['respond', 's3:DeleteBucketPolicy'],
] as const;

/** The first call that the policy would certainly deny Cordon, in words. */
export const lockedOut = (
  policy: string,
  { bucket, account, roleNames }: Pick<Allowed, 'bucket' | 'account' | 'roleNames'>,
): string | undefined =>
  needed
    .filter(([role, action]) =>
      certainlyDenies(policy, {
        role: roleArn(account, memberRolePath(role, roleNames)),
        action,
        bucket,
      }),
    )
    .map(([role, action]) => `${memberRoleName(role, roleNames)} ${action}`)[0];

/** Services that put logs and other evidence into buckets under their own name. */
const deliverers =
  /^(cloudtrail|config|guardduty|delivery\.logs|logging\.s3|logdelivery\.elasticloadbalancing|logs\.[a-z\d-]+)\.amazonaws\.com$/;

const servicesOf = ({ Principal }: Statement): readonly string[] =>
  isRecord(Principal) ? textsOf(Principal['Service']) : [];

const allowsOf = (policy: string | undefined): readonly Statement[] =>
  policy === undefined ? [] : statementsOf(policy).filter(({ Effect }) => Effect === 'Allow');

/**
 * Whom the policy lets deliver logs into the bucket. In older policies that is an account of AWS,
 * one per Region, so the place where AWS writes logs tells it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export const logDeliverers = (policy: string | undefined): readonly string[] => {
  const writing = allowsOf(policy).filter((each) => covers(each, 'Action', 's3:PutObject'));
  const services = writing.flatMap(servicesOf).filter((service) => deliverers.test(service));
  if (services.length > 0) return [...new Set(services)];
  return writing.some(({ Resource }) => textsOf(Resource).some((arn) => arn.includes('/AWSLogs/')))
    ? ['whoever writes below AWSLogs/']
    : [];
};

const outsider = (principal: string, account: string): string => {
  if (principal === '*') return 'everybody';
  if (principal.startsWith('arn:aws:iam::cloudfront:')) return 'CloudFront';
  const owner = /^\d{12}$/.test(principal) ? principal : (principal.split(':')[4] ?? '');
  return owner === account || !/^\d{12}$/.test(owner) ? '' : `account ${owner}`;
};

/**
 * Whom beside its own account a policy lets in: `everybody`, `account 210987654321`,
 * `cloudfront.amazonaws.com`, each once.
 */
export const letsIn = (policy: string | undefined, account: string): readonly string[] => [
  ...new Set(
    allowsOf(policy).flatMap((statement) => {
      const condition = statement['Condition'] === undefined ? '' : ', under a condition';
      const people = awsOf(statement['Principal']).map((each) => outsider(each, account));
      return [...people, ...servicesOf(statement)].filter(Boolean).map((who) => who + condition);
    }),
  ),
];
