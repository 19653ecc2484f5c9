/**
 * What one account lets Cordon do, asked by the two functions that assume roles there, for `cordon
 * doctor`. Nothing is changed: EC2 is asked with DryRun, IAM by simulating the policies.
 * docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */

import type { MemberRole, ResponseRole } from '../actions/action.ts';
import type { Aws, Operation } from '../actions/aws.ts';
import { rolePolicy } from '../actions/permissions.ts';
import { memberRoleName, memberRolePath, type RoleNames, roleArn } from '../actions/role-names.ts';
import { roleVersion, versionIn } from '../actions/role-version.ts';
import { errorInWords } from '../execution/error-in-words.ts';
import { andMore } from '../findings/and-more.ts';
import type { Ports } from './ports.ts';

/** What the read role needs for it, besides what plans need. */
export const selfCheckReads: readonly Operation[] = [
  'ec2:DescribeInstances',
  'guardduty:GetDetector',
  'guardduty:ListDetectors',
  'iam:ListRoleTags',
  'iam:SimulatePrincipalPolicy',
];

const responseRoles = [
  'respond',
  'respond-identity',
  'respond-findings',
  'respond-organization',
] as const satisfies readonly ResponseRole[];

/**
 * One thing found: `fine`; `wrong` with what is; `absent` where an opt-in role is not deployed;
 * `unknown` where AWS did not say.
 */
export interface AccountFinding {
  readonly about: MemberRole | 'guardduty';
  readonly state: 'fine' | 'wrong' | 'absent' | 'unknown';
  readonly says: string;
}

type CheckPorts = Pick<Ports, 'config' | 'aws'>;

const isNamed = (error: unknown, name: RegExp): boolean =>
  error instanceof Error && name.test(error.name);

/** EC2 answers a dry run with an error in any case; this one says that the call would be allowed. */
const dryRun = async (
  about: MemberRole,
  names: RoleNames,
  call: () => Promise<unknown>,
): Promise<AccountFinding> => {
  try {
    await call();
    return { about, state: 'unknown', says: 'EC2 did not answer the dry run' };
  } catch (error) {
    if (isNamed(error, /^DryRunOperation$/))
      return {
        about,
        state: 'fine',
        says: `${memberRoleName(about, names)} can be assumed and used`,
      };
    return { about, state: 'wrong', says: `EC2 refuses a dry run: ${errorInWords(error)}` };
  }
};

const assume = (
  ports: CheckPorts,
  wish: { readonly role: MemberRole; readonly account: string },
): Promise<Aws> =>
  ports.aws.as({
    drill: undefined,
    ...wish,
    region: ports.config.homeRegion,
    requestId: 'doctor',
    ...(wish.role === 'read' ? {} : { sourceIdentity: 'cordon-doctor' }),
  });

/** Which account is asked about, and what the roles are called there. */
interface At {
  readonly account: string;
  readonly region: string;
  readonly names: RoleNames;
}

/** An ARN that the pattern covers: `arn:aws:ec2:eu-west-1:123456789012:instance/example`. */
const exampleOf = (pattern: string, at: { readonly account: string; readonly region: string }) => {
  if (pattern === '*') return pattern;
  const [arn, partition, service, region = '', account = '', ...rest] = pattern.split(':');
  return [
    ...[arn, partition, service, region && at.region, account && at.account],
    ...rest.map((part) => part.replaceAll('*', 'example')),
  ].join(':');
};

/** Actions of the role that its deployed policies do not allow; those under a condition are left out. */
const missingRights = async (aws: Aws, role: ResponseRole, at: At): Promise<readonly string[]> => {
  const PolicySourceArn = roleArn(at.account, memberRolePath(role, at.names));
  const missing = new Set<string>();
  for (const { Effect, Action, Resource, Condition } of rolePolicy(role, [], at.names).Statement) {
    if (Effect !== 'Allow' || Condition) continue;
    const { EvaluationResults = [] } = await aws.call('iam:SimulatePrincipalPolicy', {
      PolicySourceArn,
      ActionNames: [...Action],
      ResourceArns: Resource.map((pattern) => exampleOf(pattern, at)),
    });
    for (const { EvalActionName, EvalDecision } of EvaluationResults)
      if (EvalActionName && EvalDecision !== 'allowed') missing.add(EvalActionName);
  }
  return [...missing].sort();
};

const few = (names: readonly string[]): string => andMore(names, 4);

const simulated = async (aws: Aws, role: ResponseRole, at: At): Promise<AccountFinding> => {
  const { names } = at;
  try {
    const missing = await missingRights(aws, role, at);
    return missing.length === 0
      ? {
          about: role,
          state: 'fine',
          says: `${memberRoleName(role, names)} allows what its actions need`,
        }
      : {
          about: role,
          state: 'wrong',
          says: `${memberRoleName(role, names)} does not allow ${few(missing)}`,
        };
  } catch (error) {
    return { about: role, state: 'unknown', says: `policy simulation: ${errorInWords(error)}` };
  }
};

const responseRole = async (aws: Aws, role: ResponseRole, at: At): Promise<AccountFinding> => {
  const RoleName = memberRoleName(role, at.names);
  try {
    const version = versionIn((await aws.call('iam:ListRoleTags', { RoleName })).Tags ?? []);
    return version < roleVersion
      ? {
          about: role,
          state: 'wrong',
          says: `${RoleName} is of version ${version}, this release needs ${roleVersion}`,
        }
      : simulated(aws, role, at);
  } catch (error) {
    return isNamed(error, /^NoSuchEntity/)
      ? { about: role, state: 'absent', says: `${RoleName} is not deployed` }
      : { about: role, state: 'unknown', says: `${RoleName}: ${errorInWords(error)}` };
  }
};

const detector = async (aws: Aws): Promise<AccountFinding> => {
  const about = 'guardduty';
  try {
    const [DetectorId] = (await aws.call('guardduty:ListDetectors', {})).DetectorIds ?? [];
    if (!DetectorId) return { about, state: 'wrong', says: 'GuardDuty is off' };
    const { Status } = await aws.call('guardduty:GetDetector', { DetectorId });
    return Status === 'ENABLED'
      ? { about, state: 'fine', says: 'GuardDuty is on' }
      : { about, state: 'wrong', says: 'GuardDuty is suspended' };
  } catch (error) {
    return { about, state: 'unknown', says: `GuardDuty: ${errorInWords(error)}` };
  }
};

const refused = (role: MemberRole, names: RoleNames, error: unknown): AccountFinding => ({
  about: role,
  state: 'wrong',
  says: `${memberRoleName(role, names)} cannot be assumed: ${errorInWords(error)}`,
});

/** As worker: the read role, which response roles there are and what they allow, the detector. */
export const checkReading = async (
  ports: CheckPorts,
  account: string,
): Promise<readonly AccountFinding[]> => {
  const names = ports.config.roleNames;
  const at = { account, region: ports.config.homeRegion, names };
  let aws: Aws;
  try {
    aws = await assume(ports, { role: 'read', account });
  } catch (error) {
    return [refused('read', names, error)];
  }
  const findings = [
    await dryRun('read', names, () => aws.call('ec2:DescribeInstances', { DryRun: true })),
    await detector(aws),
  ];
  for (const role of responseRoles) findings.push(await responseRole(aws, role, at));
  return findings;
};

/** As executor: whether these response roles can be assumed, and used where a dry run tells. */
export const checkResponse = async (
  ports: CheckPorts,
  account: string,
  roles: readonly ResponseRole[],
): Promise<readonly AccountFinding[]> => {
  const names = ports.config.roleNames;
  const findings: AccountFinding[] = [];
  for (const role of roles)
    try {
      const aws = await assume(ports, { role, account });
      findings.push(
        role === 'respond'
          ? await dryRun(role, names, () => aws.call('ec2:DescribeInstances', { DryRun: true }))
          : { about: role, state: 'fine', says: `${memberRoleName(role, names)} can be assumed` },
      );
    } catch (error) {
      findings.push(refused(role, names, error));
    }
  return findings;
};
