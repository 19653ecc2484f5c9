/** What an organisation puts around a principal: control policies, and what Access Analyzer found about it. */
import type { Reader } from '../../posture/question.ts';
import { attempt, gapsOf, valuesOf } from '../attempt.ts';
import type { Gap, Looking } from '../source.ts';
import type { Principal } from '../subjects.ts';

export interface Limits {
  /** Names of the service control policies on the account and above it, beside the one that allows all. */
  readonly controlPolicies?: readonly string[];
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

const arnOf = ({ kind, name, account }: Principal): string =>
  `arn:aws:iam::${account}:${kind}/${name}`;

/** One page an analyzer says enough: what there is more of is in Access Analyzer. */
const findingsAbout = async (
  looking: Looking,
  principals: readonly Principal[],
): Promise<readonly string[]> => {
  const reader = looking.at(looking.administrator, looking.subjects.region);
  const { analyzers = [] } = await reader.call('access-analyzer:ListAnalyzers', {});
  const found = await Promise.all(
    analyzers
      .flatMap(({ arn }) => arn ?? [])
      .map(async (analyzerArn) => {
        const { findings = [] } = await reader.call('access-analyzer:ListFindingsV2', {
          analyzerArn,
          filter: {
            resource: { eq: principals.map(arnOf) },
            status: { eq: ['ACTIVE'] },
          },
          maxResults: 20,
        });
        return findings.map(
          ({ findingType = 'finding', resource = '' }) =>
            `${findingType} of ${resource.split(':').at(-1) ?? ''}`,
        );
      }),
  );
  return [...new Set(found.flat())];
};

export const readLimits = async (
  looking: Looking,
  principals: readonly Principal[],
): Promise<{ readonly value: Limits; readonly gaps: readonly Gap[] }> => {
  const [account = looking.subjects.account] = principals.map((one) => one.account);
  const named = principals.filter(({ kind }) => kind !== 'root');
  const policies = await attempt('Service control policies', () =>
    controlPolicies(looking, account),
  );
  const findings = await attempt('Access Analyzer', () => findingsAbout(looking, named));
  return {
    value: {
      ...('value' in policies ? { controlPolicies: policies.value } : {}),
      findings: valuesOf([findings]).flat(),
    },
    gaps: gapsOf([policies, findings]),
  };
};
