/**
 * What a session's own policy leaves of its role's rights: the actions, and the resources that a
 * call names by id, user, role or bucket. Conditions are not evaluated.
 */
import { AwsError } from './aws-error.ts';

export interface SessionStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** STS takes at most so many characters: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const mostCharacters = 2048;

/** The policy that AssumeRole was given; throws STS's error for what is none. */
export const parseSessionPolicy = (text: string): readonly SessionStatement[] => {
  if (text.length > mostCharacters)
    throw new AwsError('ValidationError', `policy is longer than ${mostCharacters} characters`);
  try {
    return JSON.parse(text).Statement;
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'The policy is not in the valid JSON format.');
  }
};

const types: Readonly<Record<string, string>> = {
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

const idName = (text: string): readonly string[] => {
  const type = types[/^([a-z]+)-[0-9a-f]{6,}$/.exec(text)?.[1] ?? ''];
  return type ? [`${type}/${text}`] : [];
};

/** What stands before the name in an ARN, by the member of the input that holds the name. */
const prefixes: Readonly<Record<string, string>> = {
  Bucket: '',
  DBClusterSnapshotIdentifier: 'cluster-snapshot:',
  DBInstanceIdentifier: 'db:',
  DBSnapshotIdentifier: 'snapshot:',
  FunctionName: 'function:',
  KeyId: 'key/',
  RoleName: 'role/',
  SecretId: 'secret:',
  UserName: 'user/',
};

/** `instance/i-0a…`, `user/ci-deploy`, and a bucket by its name, wherever the input has them. */
const namesIn = (value: unknown, member = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((each) => namesIn(each, member));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => namesIn(each, key));
  if (typeof value !== 'string') return [];
  const prefix = prefixes[member];
  if (prefix === undefined) return idName(value);
  // Some operations take an ARN in the place of a name.
  return [value.startsWith('arn:') ? value.split(':').slice(5).join(':') : prefix + value];
};

const parts = (arn: string): readonly [string, string, string] => {
  const [, , , region = '', account = '', ...name] = arn.split(':');
  return [region, account, name.join(':')];
};

const fits = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((literal) => literal.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.'))
      .join('.*')}$`,
  ).test(text);

const typeOf = (name: string): string => name.slice(0, name.search(/[/:]/) + 1);

/** Whether the pattern speaks of this kind of thing at all, and then of this one, here. */
const covers = (
  pattern: string,
  name: string,
  at: { readonly account: string; readonly region: string },
): boolean | undefined => {
  if (pattern === '*') return true;
  const [region, account, last] = parts(pattern);
  if (typeOf(last) !== typeOf(name)) return undefined;
  return (
    fits(last, name) &&
    ['', '*', at.region].includes(region) &&
    ['', '*', at.account].includes(account)
  );
};

/** The first action that the policy does not allow for this call; undefined when it allows all. */
export const missingInSession = (
  statements: readonly SessionStatement[],
  actions: readonly string[],
  call: { readonly input: object; readonly account: string; readonly region: string },
): string | undefined =>
  actions.find((action) => {
    const patterns = statements
      .filter((statement) => statement.Action.includes(action))
      .flatMap(({ Resource }) => Resource);
    if (patterns.length === 0) return true;
    return namesIn(call.input).some((name) => {
      const verdicts = patterns.flatMap((pattern) => covers(pattern, name, call) ?? []);
      return verdicts.length > 0 && !verdicts.includes(true);
    });
  });
