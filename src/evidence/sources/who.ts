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

const factsOf = (
  { kind, name }: Principal,
  credentials: Credentials | undefined,
): readonly Fact[] => {
  const who = { label: kind, value: untrusted(name) };
  if (!credentials) return [who];
  const { policies, boundary, lastUsed, mfa, password } = credentials;
  return [
    who,
    ...lastUsed.map(({ what, says }) => ({ label: `${what} last used`, value: untrusted(says) })),
    { label: 'policies', value: listed(policies) },
    { label: 'boundary', value: untrusted(boundary ?? 'none') },
    ...(mfa === undefined
      ? []
      : [
          {
            label: 'MFA',
            value: untrusted(
              `${mfa === 0 ? 'none' : `${mfa} device${mfa > 1 ? 's' : ''}`}${password ? ', has a console password' : ', no console password'}`,
            ),
          },
        ]),
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
