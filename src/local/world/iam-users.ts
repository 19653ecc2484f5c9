/** The simulated IAM: what a user has beside keys, and the managed policies attached to it. */
import type {
  AttachUserPolicyCommandInput,
  DeleteLoginProfileCommandInput,
  DetachUserPolicyCommandInput,
  GetLoginProfileCommandInput,
  GetUserCommandInput,
  ListAttachedUserPoliciesCommandInput,
  ListGroupsForUserCommandInput,
  ListMFADevicesCommandInput,
} from '@aws-sdk/client-iam';
import { AwsError } from './aws-error.ts';
import { findUser, noSuchEntity } from './iam.ts';
import type { Call, Handlers } from './world.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const policiesPerUser = 10;

/** AWS's own policies; the simulated accounts have none of their own. */
const policyName = (arn: string | undefined): string => {
  const name = /^arn:aws:iam::aws:policy\/(?:.+\/)?([\w+=,.@-]+)$/.exec(arn ?? '')?.[1];
  if (!name) throw noSuchEntity(`policy ${arn}`);
  return name;
};

/** `AIDA…`, made from the name: what AWS Config knows a user by. */
export const userId = (name: string): string =>
  `AIDA${Buffer.from(name).toString('hex').toUpperCase().slice(0, 17).padEnd(17, '0')}`;

export const iamUserHandlers = {
  ListMFADevices(input: ListMFADevicesCommandInput, { account }: Call) {
    const { name, mfa } = findUser(account, input.UserName);
    const SerialNumber = `arn:aws:iam::${account.id}:mfa/${name}`;
    return { MFADevices: mfa ? [{ UserName: name, SerialNumber }] : [], IsTruncated: false };
  },

  /** The simulated accounts have no groups. */
  ListGroupsForUser(input: ListGroupsForUserCommandInput, { account }: Call) {
    findUser(account, input.UserName);
    return { Groups: [], IsTruncated: false };
  },

  GetUser(input: GetUserCommandInput, { account }: Call) {
    const { name, tags, boundary } = findUser(account, input.UserName);
    return {
      User: {
        UserName: name,
        UserId: userId(name),
        Path: '/',
        Arn: `arn:aws:iam::${account.id}:user/${name}`,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ...(boundary
          ? {
              PermissionsBoundary: {
                PermissionsBoundaryType: 'Policy',
                PermissionsBoundaryArn: boundary,
              },
            }
          : {}),
      },
    };
  },

  GetLoginProfile(input: GetLoginProfileCommandInput, { account }: Call) {
    const { name, password } = findUser(account, input.UserName);
    if (!password) throw noSuchEntity(`Login Profile for User ${name}`);
    return { LoginProfile: { UserName: name } };
  },

  DeleteLoginProfile(input: DeleteLoginProfileCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    if (!user.password) throw noSuchEntity(`Login Profile for User ${user.name}`);
    user.password = false;
    return {};
  },

  GetAccountSummary: (_input: object, { account: { root, users } }: Call) => ({
    SummaryMap: {
      AttachedPoliciesPerUserQuota: policiesPerUser,
      AccountAccessKeysPresent: root?.keys ?? 0,
      AccountMFAEnabled: (root?.mfa ?? true) ? 1 : 0,
      AccountPasswordPresent: 1,
      Users: users.size,
    },
  }),

  ListAttachedUserPolicies(input: ListAttachedUserPoliciesCommandInput, { account }: Call) {
    const { attached = [] } = findUser(account, input.UserName);
    return {
      AttachedPolicies: attached.map((arn) => ({ PolicyName: policyName(arn), PolicyArn: arn })),
      IsTruncated: false,
    };
  },

  /** Attaching what is attached is no error. */
  AttachUserPolicy(input: AttachUserPolicyCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    const { PolicyArn = '' } = input;
    policyName(PolicyArn);
    const { attached = [] } = user;
    if (attached.includes(PolicyArn)) return {};
    if (attached.length >= policiesPerUser)
      throw new AwsError(
        'LimitExceededException',
        `Cannot exceed quota for PoliciesPerUser: ${policiesPerUser}`,
        409,
      );
    user.attached = [...attached, PolicyArn];
    return {};
  },

  DetachUserPolicy(input: DetachUserPolicyCommandInput, { account }: Call) {
    const user = findUser(account, input.UserName);
    const { attached = [] } = user;
    if (!attached.includes(input.PolicyArn ?? ''))
      throw noSuchEntity(`policy ${input.PolicyArn} on ${user.name}`);
    user.attached = attached.filter((arn) => arn !== input.PolicyArn);
    return {};
  },
} satisfies Handlers;
