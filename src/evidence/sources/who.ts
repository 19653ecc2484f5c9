/**
 * Who is behind the principal: a user's or role's own credentials, what it may do and what limits it,
 * with Access Analyzer's findings about it.
 */
import { type Fact, untrusted } from '../../findings/finding.ts';
import { type Attempt, attempt, gapsOf, valuesOf } from '../attempt.ts';
import type { Found, Looking, Source } from '../source.ts';
import type { Principal } from '../subjects.ts';
import { type Credentials, readCredentials } from './who-credentials.ts';
import { type Limits, readLimits } from './who-limits.ts';

const most = 4;

const listed = (names: readonly string[]) =>
  untrusted(
    names.length === 0
      ? 'none'
      : `${names.slice(0, most).join(', ')}${names.length > most ? ` and ${names.length - most} more` : ''}`,
  );

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

const limitFacts = ({ controlPolicies, findings }: Limits): readonly Fact[] => [
  ...(controlPolicies ? [{ label: 'SCPs', value: listed(controlPolicies) }] : []),
  ...(findings.length > 0 ? [{ label: 'Access Analyzer', value: listed(findings) }] : []),
];

const seenIn = (credentials: Credentials) => [
  ...credentials.policies.map((policy) => untrusted(`policy ${policy}`)),
  ...credentials.keys.map(({ id, status }) => untrusted(`key ${id} ${status}`)),
  untrusted(`boundary ${credentials.boundary ?? 'none'}`),
];

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
    const read = await Promise.all(
      principals.map(async (principal) => ({
        principal,
        credentials: await readOne(looking, principal),
      })),
    );
    const limits = await readLimits(looking, principals);
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
        ...(limits.value.controlPolicies ?? []).map((name) => untrusted(`SCP ${name}`)),
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
