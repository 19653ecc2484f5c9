/** The simulated STS: sessions of the member roles, for who presents the right external id. */
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import type { MemberRole } from '../../actions/action.ts';
import { memberRoleName, memberRolePath } from '../../actions/role-names.ts';
import { AwsError, denied } from './aws-error.ts';
import { callerOf } from './principal.ts';
import { parseSessionPolicy } from './session-rights.ts';
import type { Call, Handlers } from './world.ts';

export const memberRoles: readonly MemberRole[] = [
  'read',
  'respond',
  'respond-identity',
  'respond-findings',
  'respond-organization',
];

const stsName = /^[\w+=,.@-]{2,64}$/;

const validate = (input: AssumeRoleCommandInput): void => {
  const names = [input.RoleSessionName ?? '', input.SourceIdentity ?? 'none'];
  const bad = names.find((name) => !stsName.test(name));
  if (bad !== undefined)
    throw new AwsError('ValidationError', `'${bad}' does not match ${stsName.source}`);
  const seconds = input.DurationSeconds ?? 3600;
  if (seconds < 900 || seconds > 43_200)
    throw new AwsError('ValidationError', 'DurationSeconds must be from 900 to 43200');
};

const wantedRole = (input: AssumeRoleCommandInput, { world }: Call) => {
  const [, account = '', path = ''] =
    /^arn:aws:iam::(\d+):role\/(.+)$/.exec(input.RoleArn ?? '') ?? [];
  const { roleNames } = world;
  const role = memberRoles.find((each) => memberRolePath(each, roleNames) === path);
  const known = role && world.accounts.get(account)?.roles.has(memberRoleName(role, roleNames));
  // A missing role and a wrong external id look alike from outside.
  if (!role || !known || input.ExternalId !== world.externalId)
    throw denied('sts', `Not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`);
  return { role, account };
};

export const stsHandlers = {
  AssumeRole(input: AssumeRoleCommandInput, call: Call) {
    validate(input);
    const { role, account } = wantedRole(input, call);
    const { world, principal } = call;
    const expires = world.now() + (input.DurationSeconds ?? 3600) * 1000;
    const AccessKeyId = world.nextId('ASIASIMULATED').replace('-', '').toUpperCase();
    world.sessions.set(AccessKeyId, {
      kind: 'session',
      function: callerOf(principal, world.roleNames).function,
      role,
      account,
      tags: Object.fromEntries(
        (input.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']),
      ),
      expires,
      ...(input.Policy ? { policy: parseSessionPolicy(input.Policy) } : {}),
      ...(input.SourceIdentity ? { sourceIdentity: input.SourceIdentity } : {}),
    });
    return {
      Credentials: {
        AccessKeyId,
        SecretAccessKey: 'simulated',
        SessionToken: 'simulated',
        Expiration: new Date(expires),
      },
      AssumedRoleUser: {
        AssumedRoleId: `AROASIMULATED:${input.RoleSessionName}`,
        Arn: `arn:aws:sts::${account}:assumed-role/${memberRoleName(role, world.roleNames)}/${input.RoleSessionName}`,
      },
    };
  },

  GetCallerIdentity(_input: object, { principal, world }: Call) {
    const { role } = callerOf(principal, world.roleNames);
    return {
      Account: principal.account,
      Arn: `arn:aws:sts::${principal.account}:assumed-role/${role}/simulated`,
      UserId: `AROASIMULATED:${role}`,
    };
  },
} satisfies Handlers;
