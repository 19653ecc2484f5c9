/**
 * What a policy in a request would allow, as far as a glance tells. No evaluation: conditions are
 * taken as they are.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
import { parseArn } from './arn.ts';
import { at, embedded, isObject, list, text } from './read.ts';

/** To whom a resource is opened: everybody, other accounts, everybody under a condition, nobody else. */
export type Opening = 'public' | 'other-account' | 'conditional' | 'none';

const statementsOf = (document: unknown): readonly unknown[] => {
  const policy = isObject(document) ? document : embedded(unescaped(text(document, 50_000)));
  const statement = at(policy, 'statement');
  const statements = Array.isArray(statement) ? list(statement, 100) : [statement];
  return statements.filter((one) => text(at(one, 'effect')) === 'Allow');
};

/** IAM's answers carry documents percent-encoded. */
const unescaped = (document: string): string => {
  if (!document.startsWith('%7B')) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
};

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? list(value, 100) : [value]).map((one) => text(one, 1_024));

const principalsOf = (statement: unknown): readonly string[] => {
  const principal = at(statement, 'principal');
  return isObject(principal) ? textsOf(at(principal, 'AWS')) : textsOf(principal);
};

/** A principal of IAM: `*`, an account id or an ARN. Services are nobody else. */
export const openedTo = (principal: string, own: string): Opening => {
  if (principal === '*') return 'public';
  const account = parseArn(principal)?.account ?? (/^\d{12}$/.test(principal) ? principal : '');
  return account && account !== own ? 'other-account' : 'none';
};

const openingOf = (statement: unknown, own: string): Opening => {
  const openings = principalsOf(statement).map((principal) => openedTo(principal, own));
  const conditional = isObject(at(statement, 'condition'));
  if (openings.includes('public')) return conditional ? 'conditional' : 'public';
  return openings.includes('other-account') ? 'other-account' : 'none';
};

const widest: readonly Opening[] = ['public', 'other-account', 'conditional', 'none'];

/** The widest that any statement of the policy (JSON, as text or parsed) opens; `own` is the resource's account. */
export const openingBy = (document: unknown, own: string): Opening => {
  const openings = statementsOf(document).map((statement) => openingOf(statement, own));
  return widest.find((opening) => openings.includes(opening)) ?? 'none';
};

/** True when a statement allows every action, or every one of IAM, on everything. */
export const makesAdministrator = (document: unknown): boolean =>
  statementsOf(document).some(
    (statement) =>
      textsOf(at(statement, 'action')).some((action) => /^(\*|\*:\*|iam:\*)$/i.test(action)) &&
      textsOf(at(statement, 'resource')).includes('*'),
  );
