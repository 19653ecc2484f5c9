/** The simulated IAM: roles, their inline policies and instance profiles. */
import type {
  DeleteRolePolicyCommandInput,
  GetInstanceProfileCommandInput,
  GetRoleCommandInput,
  GetRolePolicyCommandInput,
  ListAttachedRolePoliciesCommandInput,
  ListInstanceProfilesForRoleCommandInput,
  ListRolePoliciesCommandInput,
  ListRoleTagsCommandInput,
  PutRolePolicyCommandInput,
} from '@aws-sdk/client-iam';
import { AwsError } from './aws-error.ts';
import { noSuchEntity } from './iam.ts';
import type { Account, Role } from './state.ts';
import type { Call, Handlers } from './world.ts';

export const findRole = ({ iamRoles }: Account, name: string | undefined): Role => {
  const role = iamRoles.get(name ?? '');
  if (!role) throw noSuchEntity(`role with name ${name}`);
  return role;
};

/** A role that may be changed: AWS alone changes those of its services and of Identity Center. */
const changeable = (account: Account, name: string | undefined): Role => {
  const role = findRole(account, name);
  if (/^\/aws-(service-role|reserved)\//.test(role.path))
    throw new AwsError(
      'UnmodifiableEntityException',
      `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`,
    );
  return role;
};

/** Characters of all inline policies together, without white space. */
const inlineQuota = 10_240;

const sizeOf = (documents: Iterable<string>): number =>
  [...documents].reduce((sum, text) => sum + text.replaceAll(/\s/g, '').length, 0);

const checkedDocument = (document: string | undefined): string => {
  try {
    JSON.parse(document ?? '');
  } catch {
    throw new AwsError('MalformedPolicyDocumentException', 'Syntax errors in policy.');
  }
  return document ?? '';
};

const arnOf = (account: Account, { path, name }: Role): string =>
  `arn:aws:iam::${account.id}:role${path}${name}`;

const trustPolicy = ({ trusts }: Role): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: trusts, Action: 'sts:AssumeRole' }],
  });

export const iamRoleHandlers = {
  /** The simulated roles have inline policies only. */
  ListAttachedRolePolicies(input: ListAttachedRolePoliciesCommandInput, { account }: Call) {
    findRole(account, input.RoleName);
    return { AttachedPolicies: [], IsTruncated: false };
  },

  GetRole(input: GetRoleCommandInput, { account }: Call) {
    const role = findRole(account, input.RoleName);
    return {
      Role: {
        RoleName: role.name,
        RoleId: role.id,
        Path: role.path,
        Arn: arnOf(account, role),
        AssumeRolePolicyDocument: encodeURIComponent(trustPolicy(role)),
        Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
        RoleLastUsed: role.lastUsed
          ? { LastUsedDate: new Date(role.lastUsed.at), Region: role.lastUsed.region }
          : {},
        ...(role.boundary
          ? {
              PermissionsBoundary: {
                PermissionsBoundaryType: 'Policy',
                PermissionsBoundaryArn: role.boundary,
              },
            }
          : {}),
      },
    };
  },

  ListRoleTags(input: ListRoleTagsCommandInput, { account }: Call) {
    const tags = account.roles.get(input.RoleName ?? '') ?? findRole(account, input.RoleName).tags;
    return {
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      IsTruncated: false,
    };
  },

  ListRolePolicies(input: ListRolePoliciesCommandInput, { account }: Call) {
    const { policies } = findRole(account, input.RoleName);
    return { PolicyNames: [...policies.keys()], IsTruncated: false };
  },

  GetRolePolicy(input: GetRolePolicyCommandInput, { account }: Call) {
    const { name, policies } = findRole(account, input.RoleName);
    const document = policies.get(input.PolicyName ?? '');
    if (document === undefined) throw noSuchEntity(`role policy with name ${input.PolicyName}`);
    return {
      RoleName: name,
      PolicyName: input.PolicyName,
      PolicyDocument: encodeURIComponent(document),
    };
  },

  PutRolePolicy(input: PutRolePolicyCommandInput, { account }: Call) {
    const role = changeable(account, input.RoleName);
    const name = input.PolicyName ?? '';
    const document = checkedDocument(input.PolicyDocument);
    const others = [...role.policies].filter(([other]) => other !== name).map(([, text]) => text);
    if (sizeOf([...others, document]) > inlineQuota)
      throw new AwsError(
        'LimitExceededException',
        `Maximum policy size of ${inlineQuota} bytes exceeded for role ${role.name}`,
        409,
      );
    role.policies.set(name, document);
    return {};
  },

  DeleteRolePolicy(input: DeleteRolePolicyCommandInput, { account }: Call) {
    const { policies } = changeable(account, input.RoleName);
    if (!policies.delete(input.PolicyName ?? ''))
      throw noSuchEntity(`role policy with name ${input.PolicyName}`);
    return {};
  },

  /** A profile has one role at most, and its name within the account. */
  GetInstanceProfile(input: GetInstanceProfileCommandInput, { account }: Call) {
    const name = input.InstanceProfileName ?? '';
    const role = [...account.iamRoles.values()].find(({ profiles }) =>
      profiles.some((arn) => arn.split('/').at(-1) === name),
    );
    if (!role) throw noSuchEntity(`instance profile with name ${name}`);
    const Roles = [
      { RoleName: role.name, RoleId: role.id, Path: role.path, Arn: arnOf(account, role) },
    ];
    return { InstanceProfile: { InstanceProfileName: name, Roles } };
  },

  ListInstanceProfilesForRole(input: ListInstanceProfilesForRoleCommandInput, { account }: Call) {
    const { profiles } = findRole(account, input.RoleName);
    return {
      InstanceProfiles: profiles.map((Arn) => ({
        Arn,
        InstanceProfileName: Arn.split('/').at(-1),
      })),
      IsTruncated: false,
    };
  },
} satisfies Handlers;
