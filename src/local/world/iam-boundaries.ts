/**
 * The simulated IAM: inline policies of a user, and its permissions boundary.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
import type {
  DeleteUserPermissionsBoundaryCommandInput,
  DeleteUserPolicyCommandInput,
  GetUserPolicyCommandInput,
  ListUserPoliciesCommandInput,
  PutUserPermissionsBoundaryCommandInput,
  PutUserPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { AwsError } from './aws-error.ts';
import { findUser, noSuchEntity } from './iam.ts';
import type { Call, Handlers } from './world.ts';

/** Characters without white space of all inline policies of a user together. */
const inlineQuota = 2_048;

const sizeOf = (document: string): number => document.replaceAll(/\s/g, '').length;

export const iamBoundaryHandlers = {
  ListUserPolicies(input: ListUserPoliciesCommandInput, { account }: Call) {
    const { inline } = findUser(account, input.UserName);
    return { PolicyNames: [...(inline?.keys() ?? [])], IsTruncated: false };
  },

  GetUserPolicy(input: GetUserPolicyCommandInput, { account }: Call) {
    const { name, inline } = findUser(account, input.UserName);
    const document = inline?.get(input.PolicyName ?? '');
    if (document === undefined) throw noSuchEntity(`policy ${input.PolicyName} of ${name}`);
    return {
      UserName: name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeURIComponent(document),
    };
  },

  PutUserPolicy(input: PutUserPolicyCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    const { PolicyName = '', PolicyDocument = '' } = input;
    user.inline ??= new Map();
    const others = [...user.inline].filter(([name]) => name !== PolicyName);
    const size = [...others.map(([, text]) => text), PolicyDocument]
      .map(sizeOf)
      .reduce((all, one) => all + one, 0);
    if (size > inlineQuota)
      throw new AwsError(
        'LimitExceededException',
        `Maximum policy size of ${inlineQuota} bytes exceeded for user ${user.name}`,
        409,
      );
    user.inline.set(PolicyName, PolicyDocument);
    return {};
  },

  DeleteUserPolicy(input: DeleteUserPolicyCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    if (!user.inline?.delete(input.PolicyName ?? ''))
      throw noSuchEntity(`policy ${input.PolicyName} of ${user.name}`);
    return {};
  },

  PutUserPermissionsBoundary(input: PutUserPermissionsBoundaryCommandInput, { account }: Call) {
    findUser(account, input.UserName).boundary = input.PermissionsBoundary ?? '';
    return {};
  },

  DeleteUserPermissionsBoundary(
    input: DeleteUserPermissionsBoundaryCommandInput,
    { account }: Call,
  ) {
    const user = findUser(account, input.UserName);
    if (!user.boundary) throw noSuchEntity(`permissions boundary of ${user.name}`);
    delete user.boundary;
    return {};
  },
} satisfies Handlers;
