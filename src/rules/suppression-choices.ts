/** What may be suppressed beside one finding itself, from narrow to wide, as the finding names it. */
import type { Finding, Resource } from '../findings/finding.ts';
import { principalsOf, type Scope, type SuppressionTerms } from '../findings/scope.ts';
import type { SuppressionPreview } from './suppression-preview.ts';

/** One line of the choice; `code` is stable, the label may hold text of the finding. */
export interface ScopeChoice {
  readonly code: string;
  readonly label: string;
  readonly scope: Scope;
}

/** The same with what it would hide: what a person was shown and may agree to. */
export interface SuppressionChoice {
  readonly code: string;
  readonly label: string;
  /** Absent for the one finding alone, which is archived where it is kept. */
  readonly terms?: SuppressionTerms;
  /** Absent for the one finding alone, and where stored cases could not be read. */
  readonly preview?: SuppressionPreview;
  /** The longest it may hold. */
  readonly mostDays: number;
}

/** The code of the one finding alone. */
export const onlyThisFinding = 'finding';

const mostTags = 3;

/** What AWS itself sets comes first: nobody can write a tag that begins with `aws:`. */
const tagsOf = (resource: Resource): readonly (readonly [key: string, value: string])[] =>
  Object.entries(resource.tags ?? {})
    .filter(([key]) => key !== 'Name')
    .toSorted(([a], [b]) => Number(b.startsWith('aws:')) - Number(a.startsWith('aws:')))
    .slice(0, mostTags);

const aboutResource = (finding: Finding): readonly ScopeChoice[] => {
  const { type, account, resources } = finding;
  const main = resources.find(({ kind }) => kind !== 'finding');
  if (!main || main.kind === 'account') return [];
  const { kind, id } = main;
  const scope = { type, account, resource: { kind, id } };
  return [{ code: 'resource', label: `This type on ${kind} ${id}`, scope }];
};

/** Names of users and roles are only unique in their account, so the account is part of it. */
const byPrincipal = (finding: Finding): readonly ScopeChoice[] => {
  const { type, account } = finding;
  const [principal] = principalsOf(finding);
  if (principal === undefined) return [];
  return [
    { code: 'principal', label: `This type by ${principal}`, scope: { type, account, principal } },
  ];
};

const byTag = ({ type, resources }: Finding): readonly ScopeChoice[] => {
  const main = resources.find(({ kind }) => kind !== 'finding');
  return (main ? tagsOf(main) : []).map(([key, value], index) => ({
    code: `tag-${index + 1}`,
    label: `This type on what is tagged ${key}=${value}`,
    scope: { type, tag: { key, value } },
  }));
};

/** Every choice names the type: a suppression of whatever happens to a resource is not offered. */
export const scopeChoices = (finding: Finding): readonly ScopeChoice[] => {
  const { type, account } = finding;
  return [
    ...aboutResource(finding),
    ...byPrincipal(finding),
    { code: 'account', label: `This type in account ${account}`, scope: { type, account } },
    ...byTag(finding),
    { code: 'everywhere', label: 'This type everywhere', scope: { type } },
  ];
};
