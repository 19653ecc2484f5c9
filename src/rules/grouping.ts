/**
 * Which findings are about the same thing: the keys under which a finding looks for an open case, and
 * those under which others will find it. Pure; the window is kept where cases are (src/cases/group.ts).
 */
import type { Finding, Resource } from '../findings/finding.ts';
import type { Rule } from './rule.ts';

export interface Grouping {
  /** An open case under one of these is joined; the one that was opened first, where there are several. */
  readonly join: readonly string[];
  /** The case is known under these from now on; the first one names it. Never empty. */
  readonly own: readonly string[];
  /** Open cases under several of these are about one thing, as this finding shows. */
  readonly meet: readonly string[];
}

/** Of a finding that names more things than that, the first ones count. */
const mostKeys = 8;

/** An instance that uses its role has its own id as the name of the session. */
const instanceSession = /\/(i-[0-9a-f]{8,17})$/;

/**
 * What attackers hold or work on: the instance, the person or role behind a key, the bucket. A
 * bucket's name is unique by itself; everything else has its account, and its Region where it has one.
 */
const entity = (resource: Resource): readonly string[] => {
  const { account, region, id } = resource;
  switch (resource.kind) {
    case 'instance':
      return [`instance/${account}/${region}/${id}`];
    case 'bucket':
      return [`bucket/${id}`];
    case 'user':
      return [`user/${account}/${id}`];
    case 'access-key':
      return ownerOf(resource);
    case 'role-session': {
      const instance = instanceSession.exec(id)?.[1];
      return instance
        ? [`instance/${account}/${region}/${instance}`]
        : [`role-session/${account}/${id}`];
    }
    default:
      return [];
  }
};

const ownerOf = (key: Extract<Resource, { kind: 'access-key' }>): readonly string[] => {
  if (key.userType === 'Root') return [`root/${key.account}`];
  // The session and its role are resources of their own.
  if (key.user === undefined || key.userType === 'AssumedRole' || key.userType === 'Role')
    return [`access-key/${key.account}/${key.id}`];
  return [`user/${key.account}/${key.user}`];
};

/** What is shared by many or says little: it counts only when nothing closer is named. */
const looser = ({ kind, account, region, id }: Resource): readonly string[] => {
  switch (kind) {
    case 'role':
    case 'function':
    case 'cluster':
    case 'container':
    case 'database':
    case 'database-snapshot':
    case 'service':
    case 'task':
    case 'workload':
    case 'kms-key':
    case 'secret':
    case 'image':
    case 'snapshot':
    case 'security-group':
      return [`${kind}/${account}/${region}/${id}`];
    default:
      return [];
  }
};

/** The result of a control or rule, which many resources can have; one card tells them all. */
const controlOf = ({ source, type, title }: Finding): string | undefined => {
  if (source === 'config') return type;
  if (source === 'securityhub-asff' && type.startsWith('Security Hub: ')) return type;
  // OCSF has the control's words in the title only; they are the same for every resource.
  return source === 'securityhub-ocsf' && type.startsWith('2003 ') ? `${type}/${title}` : undefined;
};

const distinct = (keys: readonly string[]): readonly string[] =>
  [...new Set(keys)].slice(0, mostKeys);

/** A rule's own key wins; a predicate that throws must not cost the finding its case. */
const ruleKey = (finding: Finding, rule: Rule | undefined): readonly string[] => {
  try {
    const key = rule?.group?.(finding);
    return rule && key ? [`rule/${rule.id}/${finding.account}/${key}`.slice(0, 512)] : [];
  } catch {
    return [];
  }
};

/**
 * Findings about the same principal, instance or bucket are one case, whatever their source. The
 * results of one control are one case in an account, unless a case about the resource is open. A
 * sample stands alone: what it names does not exist. Cases of several principals, instances or buckets
 * meet where one finding names them; what a rule groups in its own way, and what many share, joins no two.
 */
export const groupingOf = (finding: Finding, rule?: Rule): Grouping => {
  const alone = `finding/${finding.canonicalId}`;
  if (finding.sample) return { join: [], own: [alone], meet: [] };
  const close = finding.resources.flatMap(entity);
  const about = distinct(close.length > 0 ? close : finding.resources.flatMap(looser));
  const named = ruleKey(finding, rule);
  if (named.length > 0) return { join: [...named, ...about], own: named, meet: [] };
  const control = controlOf(finding);
  if (control !== undefined) {
    const own = [`control/${finding.account}/${finding.region}/${control}`.slice(0, 512)];
    return { join: [...about, ...own], own, meet: [] };
  }
  const own = about.length > 0 ? about : [alone];
  return { join: own, own, meet: close.length > 0 ? about : [] };
};
