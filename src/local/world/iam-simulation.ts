/**
 * The simulated policy simulator, for Cordon's own roles: what their policies allow, less what a control
 * policy of the account forbids to everybody. docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
import type { SimulatePrincipalPolicyCommandInput } from '@aws-sdk/client-iam';
import { type MemberRole, memberRoleName } from '../../actions/action.ts';
import { rolesInUse } from '../../actions/permissions.ts';
import { memberPolicy } from '../../app/member-policy.ts';
import { noSuchEntity } from './iam.ts';
import type { Call, Handlers } from './world.ts';

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly Condition?: unknown;
}

const covers = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action);

/** Actions that a control policy of the account denies whoever asks. */
const forbidden = ({ world, account }: Call, action: string): boolean => {
  const { organization } = world.account(world.securityAccount);
  const ids = organization?.attached.get(account.id) ?? [];
  return ids.some((id) => {
    const content = organization?.policies.get(id)?.content ?? '{}';
    const statements: readonly Statement[] = [JSON.parse(content).Statement ?? []].flat();
    return statements.some(
      ({ Effect, Action = [], Condition }) =>
        Effect === 'Deny' && !Condition && [Action].flat().some((each) => covers(each, action)),
    );
  });
};

const allowedTo = (role: MemberRole): readonly string[] =>
  memberPolicy(role).Statement.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? Action : []));

export const iamSimulationHandlers = {
  SimulatePrincipalPolicy(input: SimulatePrincipalPolicyCommandInput, call: Call) {
    const name = input.PolicySourceArn?.split('/').at(-1) ?? '';
    const role = rolesInUse().find((each) => memberRoleName(each) === name);
    if (!role || !call.account.roles.has(name)) throw noSuchEntity(`role with name ${name}`);
    const allowed = allowedTo(role);
    return {
      IsTruncated: false,
      EvaluationResults: (input.ActionNames ?? []).map((EvalActionName) => ({
        EvalActionName,
        EvalDecision: forbidden(call, EvalActionName)
          ? 'explicitDeny'
          : allowed.includes(EvalActionName)
            ? 'allowed'
            : 'implicitDeny',
      })),
    };
  },
} satisfies Handlers;
