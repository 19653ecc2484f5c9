/**
 * The simulated policy simulator: what the policies of a user, of a role or of one of Cordon's own roles
 * say, within the boundary and the control policies of the account.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
import type { SimulatePrincipalPolicyCommandInput } from '@aws-sdk/client-iam';
import { rolesInUse } from '../../actions/permissions.ts';
import { memberRoleName, type RoleNames } from '../../actions/role-names.ts';
import { memberPolicy } from '../../app/member-policy.ts';
import { AwsError } from './aws-error.ts';
import { findUser, noSuchEntity } from './iam.ts';
import { findRole } from './iam-roles.ts';
import { type AskedOf, evaluatePolicies, type PolicyText } from './policy-evaluation.ts';
import type { Account } from './state.ts';
import type { Call, Handlers } from './world.ts';

const statement = (Effect: string, Action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] });

/** AWS's own policies that the example uses: docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const managedByAws: Readonly<Record<string, string>> = {
  AdministratorAccess: statement('Allow', '*'),
  AWSDenyAll: statement('Deny', '*'),
};

const managed = ({ policies }: Account, arn: string): PolicyText => {
  const name = arn.split('/').at(-1) ?? '';
  return { name, text: policies?.get(arn) ?? managedByAws[name] ?? '{}' };
};

interface Simulated {
  readonly identity: readonly PolicyText[];
  readonly boundary?: PolicyText;
}

const own = (account: Account, name: string, names: RoleNames): Simulated | undefined => {
  const role = rolesInUse().find((each) => memberRoleName(each, names) === name);
  if (!role || !account.roles.has(name)) return undefined;
  return { identity: [{ name, text: JSON.stringify(memberPolicy(role, names)) }] };
};

/** An inline policy is named after whom it belongs to and itself. */
const inline = (
  owner: string,
  policies: ReadonlyMap<string, string> = new Map(),
): readonly PolicyText[] =>
  [...policies].map(([name, text]) => ({ name: `${owner}_${name}`, text }));

const principalOf = ({ account, world }: Call, arn: string): Simulated => {
  const [, kind, name = ''] = /:(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (kind === undefined)
    throw new AwsError('InvalidInput', `Invalid Entity Arn: ${arn} does not clearly define entity`);
  const mine = kind === 'role' ? own(account, name, world.roleNames) : undefined;
  if (mine) return mine;
  const found = kind === 'user' ? findUser(account, name) : findRole(account, name);
  const texts = 'policies' in found ? found.policies : found.inline;
  return {
    identity: [
      ...inline(`${kind}_${name}`, texts),
      ...(found.attached ?? []).map((each) => managed(account, each)),
    ],
    ...(found.boundary ? { boundary: managed(account, found.boundary) } : {}),
  };
};

/** Undefined where the account is in no organisation that the world knows. */
const controlsOf = ({ world, account }: Call): readonly PolicyText[] | undefined => {
  const { organization } = world.account(world.securityAccount);
  const ids = organization?.attached.get(account.id);
  return ids?.map((id) => ({ name: id, text: organization?.policies.get(id)?.content ?? '{}' }));
};

const contextOf = (input: SimulatePrincipalPolicyCommandInput): AskedOf['context'] => ({
  'aws:principalarn': input.PolicySourceArn ?? '',
  ...Object.fromEntries(
    (input.ContextEntries ?? []).map(({ ContextKeyName = '', ContextKeyValues = [] }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyValues[0] ?? '',
    ]),
  ),
});

/** In the order of AWS: what the organisation denies ends it, then the boundary, then the policies. */
const decide = (
  { identity, boundary }: Simulated,
  controls: readonly PolicyText[] | undefined,
  asked: AskedOf,
) => {
  const byControls = controls && evaluatePolicies(controls, asked);
  const byBoundary = boundary && evaluatePolicies([boundary], asked);
  const { decision, matched, missing } = evaluatePolicies(identity, asked);
  const about = {
    ...(byControls
      ? {
          OrganizationsDecisionDetail: {
            AllowedByOrganizations: byControls.decision === 'allowed',
          },
        }
      : {}),
    ...(byBoundary
      ? {
          PermissionsBoundaryDecisionDetail: {
            AllowedByPermissionsBoundary: byBoundary.decision === 'allowed',
          },
        }
      : {}),
    MissingContextValues: missing,
  };
  const stopped = [byControls, byBoundary].find((each) => each && each.decision !== 'allowed');
  if (stopped) return { ...about, EvalDecision: stopped.decision, MatchedStatements: [] };
  return {
    ...about,
    EvalDecision: decision,
    MatchedStatements: matched.map((SourcePolicyId) => ({
      SourcePolicyId,
      SourcePolicyType: 'IAM Policy',
      StartPosition: { Line: 1, Column: 1 },
      EndPosition: { Line: 1, Column: 1 },
    })),
  };
};

/** A resource policy is taken into account for users only; it can allow by itself, and deny. */
const withResourcePolicy = (
  simulated: Simulated,
  { ResourcePolicy, PolicySourceArn = '' }: SimulatePrincipalPolicyCommandInput,
): Simulated => {
  if (!ResourcePolicy) return simulated;
  if (PolicySourceArn.includes(':role/'))
    throw new AwsError('InvalidInput', 'Resource policies cannot be simulated for roles.');
  return {
    ...simulated,
    identity: [...simulated.identity, { name: 'ResourcePolicy', text: ResourcePolicy }],
  };
};

export const iamSimulationHandlers = {
  SimulatePrincipalPolicy(input: SimulatePrincipalPolicyCommandInput, call: Call) {
    const arn = input.PolicySourceArn ?? '';
    if (arn.split(':')[4] !== call.account.id) throw noSuchEntity(`entity ${arn}`);
    const simulated = withResourcePolicy(principalOf(call, arn), input);
    const controls = controlsOf(call);
    const context = contextOf(input);
    return {
      IsTruncated: false,
      EvaluationResults: (input.ActionNames ?? []).map((action) => {
        const results = (input.ResourceArns ?? ['*']).map((resource) =>
          decide(simulated, controls, { action, resource, context }),
        );
        // As the top level says it: the most restrictive of all resources.
        const worst = results.find(({ EvalDecision }) => EvalDecision !== 'allowed') ?? results[0];
        return { EvalActionName: action, EvalResourceName: '*', ...worst };
      }),
    };
  },
} satisfies Handlers;
