/**
 * What a policy in a request would allow, as far as a glance tells. No evaluation: conditions are
 * taken as they are.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 */
import { parseArn } from './arn.ts';
import { at, embedded, isObject, list, text } from './read.ts';

/** To whom a resource is opened: everybody, other accounts, everybody under a condition, nobody else. */
export type Opening = 'public' | 'other-account' | 'conditional' | 'none';

/** More than fits into an event of 256 KB by honest means: padding must not hide what matters. */
const mostRead = 10_000;

/** The statements that allow. */
const statementsOf = (document: unknown): readonly unknown[] => {
  const policy = isObject(document) ? document : embedded(unescaped(document));
  const statement = at(policy, 'statement');
  const statements = Array.isArray(statement) ? statement : [statement];
  return list(
    statements.filter((one) => text(at(one, 'effect')) === 'Allow'),
    mostRead,
  );
};

/** IAM's answers carry documents percent-encoded. */
const unescaped = (document: unknown): unknown => {
  if (typeof document !== 'string' || document.includes('{')) return document;
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
};

const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? list(value, mostRead) : [value]).map((one) => text(one, 1_024));

/** A principal of IAM: `*`, an account id or an ARN. Services are nobody else. */
export const openedTo = (principal: string, own: string): Opening => {
  if (principal === '*') return 'public';
  const account = parseArn(principal)?.account ?? (/^\d{12}$/.test(principal) ? principal : '');
  return account && account !== own ? 'other-account' : 'none';
};

/**
 * An identity provider: by its ARN in IAM, or by the name of a public one (`accounts.google.com`).
 * Cognito's name stands for the account's own pools of identities.
 */
const openedToProvider = (provider: string, own: string): Opening => {
  const named = !/^(arn:.*|\*|cognito-identity\.amazonaws\.com|)$/.test(provider);
  return named ? 'other-account' : openedTo(provider, own);
};

const openingsOf = (statement: unknown, own: string): readonly Opening[] => {
  // Everybody but those it names.
  if (at(statement, 'notPrincipal') !== undefined) return ['public'];
  const principal = at(statement, 'principal');
  if (!isObject(principal)) return textsOf(principal).map((one) => openedTo(one, own));
  return [
    ...textsOf(at(principal, 'AWS')).map((one) => openedTo(one, own)),
    ...textsOf(at(principal, 'federated')).map((one) => openedToProvider(one, own)),
    // Nothing in the event tells whose a canonical id is.
    ...textsOf(at(principal, 'canonicalUser')).map((id) => (id ? 'other-account' : 'none')),
  ];
};

const openingOf = (statement: unknown, own: string): Opening => {
  const openings = openingsOf(statement, own);
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

/** `NotAction` and `NotResource` in a statement that allows: everything but what they name. */
const allBut = (statement: unknown, element: string): boolean =>
  at(statement, element) !== undefined;

/** True when a statement allows every action, or every one of IAM, on everything (or all but a few). */
export const makesAdministrator = (document: unknown): boolean =>
  statementsOf(document).some(
    (statement) =>
      (allBut(statement, 'notAction') ||
        textsOf(at(statement, 'action')).some((action) => /^(\*|\*:\*|iam:\*)$/i.test(action))) &&
      (allBut(statement, 'notResource') || textsOf(at(statement, 'resource')).includes('*')),
  );
