/**
 * Which findings something is about, by what can be read from a finding alone: its type, resource,
 * account, principal and tags. Every part that is set has to fit.
 */
import type { Finding, Resource, ResourceKind, Severity, Untrusted } from './finding.ts';

export interface Scope {
  /** The source's own type, byte for byte. */
  readonly type?: string;
  readonly resource?: { readonly kind: ResourceKind; readonly id: string };
  /** Twelve digits: the account that the finding is about. */
  readonly account?: string;
  /** A user, role or session as the finding names it. An attacker may have chosen the name. */
  readonly principal?: string;
  /** A tag of any resource of the finding. Whoever may tag the resource may widen the scope. */
  readonly tag?: { readonly key: string; readonly value: string };
}

/** What people agree to when they suppress: it is in the plan and in its hash. */
export interface SuppressionTerms {
  readonly scope: Scope;
  /** The highest severity among what had been seen when it was made; anything above breaks it. */
  readonly ceiling: Severity;
  /** Keys of the actors known when it was made (`actorKeys`); any other breaks it. */
  readonly actors: readonly string[];
}

const isSet = (value: unknown): boolean => value !== undefined;

/** A scope in which nothing is set would be about everything: nobody may make it. */
const isEmpty = (scope: Scope): boolean =>
  ![scope.type, scope.resource, scope.account, scope.principal, scope.tag].some(isSet);

/**
 * How much a scope covers. `narrow`: one resource or one principal. `wide`: whatever an account or a
 * tag holds. `unscoped`: a type wherever it appears.
 */
export const breadthOf = (scope: Scope): 'narrow' | 'wide' | 'unscoped' => {
  if (scope.resource || scope.principal !== undefined) return 'narrow';
  return scope.account !== undefined || scope.tag ? 'wide' : 'unscoped';
};

const namesPrincipal = (resource: Resource): readonly string[] => {
  switch (resource.kind) {
    case 'user':
    case 'role':
    case 'role-session':
      return [resource.id];
    case 'access-key':
      return resource.user ? [resource.user] : [];
    default:
      return [];
  }
};

/** Users, roles and sessions that the finding names, each once: who did it, and whose key it was. */
export const principalsOf = (finding: Finding): readonly string[] => [
  ...new Set([
    ...finding.actors.flatMap(({ principal }) => principal ?? []),
    ...finding.resources.flatMap(namesPrincipal),
  ]),
];

/** Own tags only, so that a key such as `constructor` is a key like any other. */
const tagOf = ({ tags = {} }: Resource, key: string): Untrusted | undefined =>
  Object.hasOwn(tags, key) ? tags[key] : undefined;

/** True when every part that is set fits; an empty scope fits nothing. */
export const inScope = (scope: Scope, finding: Finding): boolean => {
  const { type, resource, account, principal, tag } = scope;
  if (isEmpty(scope)) return false;
  return (
    (type === undefined || finding.type === type) &&
    (account === undefined || finding.account === account) &&
    (principal === undefined || principalsOf(finding).includes(principal)) &&
    (resource === undefined ||
      finding.resources.some(({ kind, id }) => kind === resource.kind && id === resource.id)) &&
    (tag === undefined || finding.resources.some((one) => tagOf(one, tag.key) === tag.value))
  );
};

/**
 * Who did it, as keys to compare: address, principal and domain. Countries, organisations and user
 * agents are left out: they are shared by many, or free to choose.
 */
export const actorKeys = (finding: Finding): readonly string[] => [
  ...new Set(
    finding.actors.flatMap(({ ip, principal, domain }) => [
      ...(ip ? [`ip ${ip}`] : []),
      ...(principal ? [`principal ${principal}`] : []),
      ...(domain ? [`domain ${domain}`] : []),
    ]),
  ),
];

/** For people, and to be drawn literally: ids, names and tags come from findings. */
export const scopeInWords = (scope: Scope): string => {
  const { type, resource, account, principal, tag } = scope;
  const where = [
    ...(resource ? [`about ${resource.kind} ${resource.id}`] : []),
    ...(principal === undefined ? [] : [`by ${principal}`]),
    ...(tag ? [`on what is tagged ${tag.key}=${tag.value}`] : []),
    ...(account === undefined ? [] : [`in account ${account}`]),
  ];
  const what = type === undefined ? 'every finding' : `findings of type ${type}`;
  return `${what} ${where.length > 0 ? where.join(' ') : 'everywhere'}`;
};
