/** What the role of a function grants in moto, as CloudFormation made it, against what was called. */
import { GetRolePolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import { home, region } from './places.ts';

/** One action of one statement. */
export interface Grant {
  readonly sid: string;
  readonly action: string;
  /** ARNs, with `*` for any text. */
  readonly resources: readonly string[];
}

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  /** None where moto did not make what the template means: the secret. */
  readonly Resource?: string | readonly string[];
}

const secretByHand = `arn:aws:secretsmanager:${region}:${home}:secret:cordon-slack`;

interface Called {
  readonly action: string;
  readonly resource: string;
}

export const grantsOf = async (iam: IAMClient, RoleName: string, PolicyName: string) => {
  const { PolicyDocument = '{}' } = await iam.send(
    new GetRolePolicyCommand({ RoleName, PolicyName }),
  );
  // moto keeps what comes from a template as Python writes it.
  const { Statement = [] }: { readonly Statement?: readonly Statement[] } = JSON.parse(
    decodeURIComponent(PolicyDocument).replaceAll("'", '"'),
  );
  return Statement.flatMap(({ Sid, Action, Resource }): readonly Grant[] =>
    [Action]
      .flat()
      .map((action) => ({ sid: Sid, action, resources: [Resource ?? secretByHand].flat() })),
  );
};

const matches = (pattern: string, arn: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(arn);

const allows = ({ action, resources }: Grant, call: Called): boolean =>
  action === call.action && resources.some((pattern) => matches(pattern, call.resource));

/** `dynamodb:GetItem on arn:…`, each once. */
export const notGranted = (
  grants: readonly Grant[],
  calls: readonly Called[],
): readonly string[] => [
  ...new Set(
    calls
      .filter((call) => !grants.some((grant) => allows(grant, call)))
      .map(({ action, resource }) => `${action} on ${resource}`),
  ),
];

/** `Requests4 dynamodb:GetItem`, in the policy's order. */
export const notCalled = (grants: readonly Grant[], calls: readonly Called[]): readonly string[] =>
  grants
    .filter((grant) => !calls.some((call) => allows(grant, call)))
    .map(({ sid, action }) => `${sid} ${action}`);
