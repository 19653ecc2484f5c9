/** What an organisation puts around a principal: control policies, and what Access Analyzer found about it. */
import type { Reader } from '../../posture/question.ts';
import { allDone, attempt, gapsOf, valuesOf } from '../attempt.ts';
import type { Gap, Looking } from '../source.ts';

interface OfAccount {
  /** Twelve digits. */
  readonly account: string;
  /** Names of the service control policies on the account and above it, beside the one that allows all. */
  readonly controlPolicies: readonly string[];
}

export interface Limits {
  /** Of each account of a principal, as far as they can be read. */
  readonly accounts: readonly OfAccount[];
  /** `ExternalAccess of role/deploy`, each once. */
  readonly findings: readonly string[];
}

const allowsAll = 'p-FullAWSAccess';
/** An organisation has five levels of units at most, and a root above them. */
const mostLevels = 6;

const policiesOn = async (reader: Reader, TargetId: string): Promise<readonly string[]> => {
  const { Policies = [] } = await reader.call('organizations:ListPoliciesForTarget', {
    TargetId,
    Filter: 'SERVICE_CONTROL_POLICY',
  });
  return Policies.filter(({ Id }) => Id !== allowsAll).flatMap(({ Name }) => Name ?? []);
};

/** Undefined above the root. */
const parentOf = async (reader: Reader, ChildId: string): Promise<string | undefined> => {
  if (ChildId.startsWith('r-')) return undefined;
  const { Parents = [] } = await reader.call('organizations:ListParents', { ChildId });
  return Parents[0]?.Id;
};

/** From the account up to the root: what any of them denies is denied. */
const controlPolicies = async (looking: Looking, account: string): Promise<readonly string[]> => {
  const reader = looking.at(looking.administrator, 'us-east-1');
  const found: string[] = [];
  let target: string | undefined = account;
  for (let level = 0; target && level <= mostLevels; level += 1) {
    found.push(...(await policiesOn(reader, target)));
    target = await parentOf(reader, target);
  }
  return [...new Set(found)];
};

const mostFindings = 20;

interface About {
  readonly names: readonly string[];
  /** An analyzer has more of them. */
  readonly more: boolean;
}

const findingsAbout = async (looking: Looking, arns: readonly string[]): Promise<About> => {
  const reader = looking.at(looking.administrator, looking.subjects.region);
  const { analyzers = [] } = await reader.call('access-analyzer:ListAnalyzers', {});
  const pages = await allDone(
    analyzers
      .flatMap(({ arn }) => arn ?? [])
      .map((analyzerArn) =>
        reader.call('access-analyzer:ListFindingsV2', {
          analyzerArn,
          filter: { resource: { eq: [...arns] }, status: { eq: ['ACTIVE'] } },
          maxResults: mostFindings,
        }),
      ),
  );
  const names = pages.flatMap(({ findings = [] }) =>
    findings.map(
      ({ findingType = 'finding', resource = '' }) =>
        `${findingType} of ${resource.split(':').at(-1) ?? ''}`,
    ),
  );
  return { names: [...new Set(names)], more: pages.some(({ nextToken }) => nextToken) };
};

const endedEarly: Gap = {
  what: 'Access Analyzer',
  because: `only the first ${mostFindings} findings of an analyzer were read, there are more`,
};

/**
 * `accounts`: of the principals, each once. `arns`: of the users and roles, with their paths; without any
 * there is nothing to ask Access Analyzer about, which has no findings about root.
 */
export const readLimits = async (
  looking: Looking,
  { accounts, arns }: { readonly accounts: readonly string[]; readonly arns: readonly string[] },
): Promise<{ readonly value: Limits; readonly gaps: readonly Gap[] }> => {
  const policies = await allDone(
    accounts.map((account) =>
      attempt(`Service control policies on ${account}`, async () => ({
        account,
        controlPolicies: await controlPolicies(looking, account),
      })),
    ),
  );
  const findings = await attempt(
    'Access Analyzer',
    async (): Promise<About> =>
      arns.length > 0 ? findingsAbout(looking, arns) : { names: [], more: false },
  );
  const [about] = valuesOf([findings]);
  return {
    value: { accounts: valuesOf(policies), findings: about?.names ?? [] },
    gaps: [...gapsOf([...policies, findings]), ...(about?.more ? [endedEarly] : [])],
  };
};
