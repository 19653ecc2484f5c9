/**
 * Cordon's own policies, and what they must never grant: what is asked of IAM Access Analyzer about each
 * (`cordon doctor`).
 */
import * as sdk from '@aws-sdk/client-accessanalyzer';
import { accessNotGranted } from '../access/checks/access-not-granted.ts';
import { validatePolicy } from '../access/checks/validate-policy.ts';
import { escalation } from '../access/escalation.ts';
import type { PolicyChecker } from '../access/policy.ts';
import type { MemberRole } from '../actions/action.ts';
import { rolesInUse } from '../actions/permissions.ts';
import type { PolicyChecked } from '../actions/policy-checked.ts';
import { memberRoleName, type RoleNames } from '../actions/role-names.ts';
import { type FunctionName, functionNames, functionRights } from '../aws/rights.ts';
import { send } from '../aws/services.ts';
import { memberPolicy } from './member-policy.ts';

/** The power of the role for identities alone: docs/security.md says what it is worth. */
const identities = ['iam:PassRole', 'iam:PutRolePolicy', 'iam:PutUserPolicy'];

const isReading = (action: string): boolean =>
  /:(?:BatchGet|Check|Describe|Get|List|Lookup|Search|Select|Simulate|Validate)/.test(action);

/** What any response role may do that changes something. */
const changing = (): readonly string[] => [
  ...new Set(
    rolesInUse()
      .filter((role) => role !== 'read')
      .flatMap((role) => memberPolicy(role).Statement)
      .flatMap(({ Effect, Action }) =>
        Effect === 'Allow' ? Action.filter((action) => !isReading(action)) : [],
      ),
  ),
];

const neverOfRole = (role: MemberRole): readonly string[] => {
  switch (role) {
    case 'read':
      return [...new Set([...escalation, ...identities, ...changing()])];
    case 'respond-identity':
      return escalation;
    case 'respond':
    case 'respond-findings':
    case 'respond-organization':
      return [...escalation, ...identities];
    default:
      return role satisfies never;
  }
};

/** What another function may do and this one may not: docs/rights.md. */
const neverOfFunction = (name: FunctionName): readonly string[] => {
  const own = functionRights[name].flatMap(({ actions }) => actions);
  const all = Object.values(functionRights).flatMap((rights) =>
    rights.flatMap(({ actions }) => actions),
  );
  return [
    ...new Set([...escalation, ...identities, ...all.filter((action) => !own.includes(action))]),
  ];
};

/** An identity policy of Cordon's own. */
export interface OwnPolicy {
  /** `cordon-worker`, or `cordon-read of this release`. */
  readonly name: string;
  /** JSON text. */
  readonly document: string;
  /** IAM actions. */
  readonly never: readonly string[];
}

/** As infra/member-role.yaml of this release has them. */
export const memberPolicies = (names: RoleNames): readonly OwnPolicy[] =>
  rolesInUse().map((role) => ({
    name: `${memberRoleName(role, names)} of this release`,
    document: JSON.stringify(memberPolicy(role, names)),
    never: neverOfRole(role),
  }));

/** The roles of the functions, and what each must never be granted. */
export const functionRoles = ({ prefix }: RoleNames) =>
  functionNames.map((name) => ({ name: `${prefix}${name}`, never: neverOfFunction(name) }));

interface OwnPolicyChecked {
  readonly sound: PolicyChecked;
  /** Whether it grants nothing of `never`. Not asked where the first was not answered: it costs. */
  readonly harmless: PolicyChecked;
}

/** With whatever credentials `config` has. */
export const ownPolicyChecker = (
  config: sdk.AccessAnalyzerClientConfig,
): ((policy: OwnPolicy) => Promise<OwnPolicyChecked>) => {
  const client = new sdk.AccessAnalyzerClient(config);
  const aws: PolicyChecker = {
    call: (operation, input) => send({ client, sdk }, operation, input),
  };
  return async ({ document, name, never }) => {
    const sound = await validatePolicy(aws, { name, document, type: 'IDENTITY_POLICY' });
    return sound.kind === 'not-checked'
      ? { sound, harmless: sound }
      : { sound, harmless: await accessNotGranted(aws, document, never) };
  };
};
