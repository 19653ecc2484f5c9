/**
 * What policies say to one call, as far as the simulated AWS needs it: actions, resources and conditions
 * that compare texts. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */

/** One policy as the simulator names it. */
export interface PolicyText {
  readonly name: string;
  /** JSON. */
  readonly text: string;
}

export interface AskedOf {
  readonly action: string;
  /** An ARN, or `*`, which only a statement about everything covers. */
  readonly resource: string;
  /** Values of condition keys, by the key in small letters. */
  readonly context: Readonly<Record<string, string>>;
}

interface Decided {
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Of the statements that decide: names of their policies, each once. */
  readonly matched: readonly string[];
  /** Condition keys of statements about this call that have no value. */
  readonly missing: readonly string[];
}

type Statement = Readonly<Record<string, unknown>>;

const listOf = (value: unknown): readonly string[] =>
  [value].flat().flatMap((each) => (each === undefined ? [] : [String(each)]));

/** `*` and `?` as IAM reads them. The policies are the example's own, so a pattern of them ends. */
export const fits = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'is',
  ).test(value);

const covers = (statement: Statement, element: 'Action' | 'Resource', value: string): boolean => {
  const not = statement[`Not${element}`];
  if (not !== undefined) return !listOf(not).some((pattern) => fits(pattern, value));
  return listOf(statement[element]).some((pattern) => fits(pattern, value));
};

const pairsOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : [];

/** A key without a value meets what says `Not` or `IfExists`, and nothing else. */
const meets = (operator: string, wanted: unknown, value: string | undefined): boolean => {
  const negated = /Not/.test(operator);
  if (value === undefined) return negated || operator.endsWith('IfExists');
  return listOf(wanted).some((pattern) => fits(pattern, value)) !== negated;
};

/** Only resource policies name principals. */
const isFor = ({ Principal }: Statement, arn = ''): boolean => {
  if (Principal === undefined || Principal === '*') return true;
  const account = arn.split(':')[4] ?? '';
  const ways = ['*', arn, account, `arn:aws:iam::${account}:root`];
  return pairsOf(Principal).some(
    ([kind, named]) => kind === 'AWS' && listOf(named).some((each) => ways.includes(each)),
  );
};

const conditionsOf = ({ Condition }: Statement) =>
  pairsOf(Condition).flatMap(([operator, keys]) =>
    pairsOf(keys).map(([key, wanted]) => ({ operator, key, wanted })),
  );

export const evaluatePolicies = (policies: readonly PolicyText[], asked: AskedOf): Decided => {
  const contextValue = (key: string): string | undefined => asked.context[key.toLowerCase()];
  const about = policies.flatMap(({ name, text }) =>
    [JSON.parse(text).Statement ?? []]
      .flat()
      .map((statement: Statement) => ({ name, statement }))
      .filter(
        ({ statement }) =>
          isFor(statement, contextValue('aws:principalarn')) &&
          covers(statement, 'Action', asked.action) &&
          covers(statement, 'Resource', asked.resource),
      ),
  );
  const inForce = about.filter(({ statement }) =>
    conditionsOf(statement).every(({ operator, key, wanted }) =>
      meets(operator, wanted, contextValue(key)),
    ),
  );
  const keys = about.flatMap(({ statement }) => conditionsOf(statement).map(({ key }) => key));
  const missing = [...new Set(keys.filter((key) => contextValue(key) === undefined))];
  const by = (effect: 'Allow' | 'Deny') => [
    ...new Set(
      inForce.flatMap(({ name, statement }) => (statement['Effect'] === effect ? [name] : [])),
    ),
  ];
  const [denies, allows] = [by('Deny'), by('Allow')];
  if (denies.length > 0) return { decision: 'explicitDeny', matched: denies, missing };
  return allows.length > 0
    ? { decision: 'allowed', matched: allows, missing }
    : { decision: 'implicitDeny', matched: [], missing };
};
