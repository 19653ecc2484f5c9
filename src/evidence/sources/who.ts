/**
 * Who is behind the principal: a user's or role's own credentials, what it may do and what limits it,
 * with Access Analyzer's findings about it.
 */
import { andMore } from '../../findings/and-more.ts';
import { type Fact, untrusted } from '../../findings/finding.ts';
import { type Attempt, allDone, attempt, gapsOf, valuesOf } from '../attempt.ts';
import type { Found, Looking, Source } from '../source.ts';
import type { Principal } from '../subjects.ts';
import { type Credentials, readCredentials } from './who-credentials.ts';
import { type Limits, readLimits } from './who-limits.ts';

const most = 4;

const listed = (names: readonly string[]) =>
  untrusted(names.length === 0 ? 'none' : andMore(names, most));

const keptBy = ({ policies, boundary }: Credentials): string =>
  `policies ${listed(policies)}; boundary ${boundary ?? 'none'}`;

const signsInWith = ({ mfa, password }: Credentials): string =>
  mfa === undefined
    ? ''
    : `: ${mfa === 0 ? 'no MFA' : `${mfa} MFA device${mfa > 1 ? 's' : ''}`}, ${password ? 'a' : 'no'} console password`;

const factsOf = (
  { kind, name }: Principal,
  credentials: Credentials | undefined,
): readonly Fact[] => {
  if (!credentials) return [{ label: kind, value: untrusted(name) }];
  const { lastUsed } = credentials;
  return [
    { label: kind, value: untrusted(`${name}${signsInWith(credentials)}`) },
    {
      label: 'last used',
      value: untrusted(lastUsed.map(({ what, says }) => `${what} ${says}`).join('; ') || 'no key'),
    },
    { label: 'may do', value: untrusted(keptBy(credentials)) },
  ];
};

const limitFacts = ({ accounts, findings }: Limits): readonly Fact[] => [
  ...accounts.map(({ account, controlPolicies }) => ({
    label: accounts.length > 1 ? `SCPs on ${account}` : 'SCPs',
    value: listed(controlPolicies),
  })),
  ...(findings.length > 0 ? [{ label: 'Access Analyzer', value: listed(findings) }] : []),
];

const seenIn = (credentials: Credentials) => [
  ...credentials.policies.map((policy) => untrusted(`policy ${policy}`)),
  ...credentials.keys.map(({ id, status }) => untrusted(`key ${id} ${status}`)),
  untrusted(`boundary ${credentials.boundary ?? 'none'}`),
];

/** As IAM names it; where IAM was not to be read, without the path that only IAM knows. */
const arnOf = (
  { kind, name, account }: Principal,
  credentials: Attempt<Credentials | undefined>,
): readonly string[] => {
  if (kind === 'root') return [];
  const known = 'value' in credentials ? credentials.value?.arn : undefined;
  return [known || `arn:aws:iam::${account}:${kind}/${name}`];
};

/** Root has none of these: what is known of it is that it is root. */
const readOne = async (
  looking: Looking,
  principal: Principal,
): Promise<Attempt<Credentials | undefined>> =>
  principal.kind === 'root'
    ? { value: undefined }
    : attempt(`${principal.kind} ${principal.name}`, () => readCredentials(looking, principal));

export const who: Source = {
  id: 'who',
  title: 'Who',
  reads: [
    'access-analyzer:ListAnalyzers',
    'access-analyzer:ListFindingsV2',
    'iam:GetAccessKeyLastUsed',
    'iam:GetLoginProfile',
    'iam:GetRole',
    'iam:GetUser',
    'iam:ListAccessKeys',
    'iam:ListAttachedRolePolicies',
    'iam:ListAttachedUserPolicies',
    'iam:ListGroupsForUser',
    'iam:ListMFADevices',
    'iam:ListRolePolicies',
    'iam:ListUserPolicies',
    'organizations:ListParents',
    'organizations:ListPoliciesForTarget',
  ],
  fits: ({ principals }) => principals.length > 0,
  async gather(looking): Promise<Found> {
    const { principals } = looking.subjects;
    const read = await allDone(
      principals.map(async (principal) => ({
        principal,
        credentials: await readOne(looking, principal),
      })),
    );
    const limits = await readLimits(looking, {
      accounts: [...new Set(principals.map(({ account }) => account))],
      arns: read.flatMap(({ principal, credentials }) => arnOf(principal, credentials)),
    });
    const known = valuesOf(read.map(({ credentials }) => credentials)).filter(
      (one) => one !== undefined,
    );
    return {
      facts: [
        ...read.flatMap(({ principal, credentials }) =>
          factsOf(principal, 'value' in credentials ? credentials.value : undefined),
        ),
        ...limitFacts(limits.value),
      ],
      moments: known.flatMap(({ moments }) => moments),
      gaps: [...gapsOf(read.map(({ credentials }) => credentials)), ...limits.gaps],
      seen: [
        ...known.flatMap(seenIn),
        ...limits.value.accounts.flatMap(({ account, controlPolicies }) =>
          controlPolicies.map((name) => untrusted(`SCP ${name} on ${account}`)),
        ),
        ...limits.value.findings.map((one) => untrusted(`Access Analyzer ${one}`)),
      ],
      data: {
        principals: read.map(({ principal, credentials }) => ({
          ...principal,
          ...('value' in credentials ? { credentials: credentials.value ?? null } : {}),
        })),
        limits: limits.value,
      },
    };
  },
};
