/**
 * The ways to deny a user everything, as registers. AWS's own managed policy comes first: it is fixed,
 * so nobody can write something else with that right. Where the user has as many managed policies as
 * the account allows, an inline policy of Cordon's own name; where there is no room for that either,
 * the managed policy as permissions boundary, if the user has none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
import type { Change, Register } from './action.ts';
import type { Aws, Operation } from './aws.ts';
import { denyAllArn } from './deny-all.ts';
import { allPages, isMissing, unlessMissing } from './iam-reading.ts';
import { attachedPolicies } from './user-credentials.ts';

export interface DenyWay {
  /** Behind the name of the user in the id of the change. */
  readonly suffix: string;
  /** How it is called for people, before `the user …`. */
  readonly label: string;
  /** Before and after. */
  readonly open: string;
  readonly closed: string;
  readonly uses: readonly Operation[];
  readonly read: (user: string, aws: Aws) => Promise<string>;
  readonly close: (user: string, aws: Aws) => Promise<unknown>;
  readonly reopen: (user: string, aws: Aws) => Promise<unknown>;
}

export const managedDeny: DenyWay = {
  suffix: '/AWSDenyAll',
  label: 'Managed policy AWSDenyAll on',
  open: 'not attached',
  closed: 'attached',
  uses: ['iam:AttachUserPolicy', 'iam:DetachUserPolicy', 'iam:ListAttachedUserPolicies'],
  read: async (user, aws) =>
    (await attachedPolicies(user, aws)).some(({ PolicyArn }) => PolicyArn === denyAllArn)
      ? 'attached'
      : 'not attached',
  close: (user, aws) => aws.call('iam:AttachUserPolicy', { UserName: user, PolicyArn: denyAllArn }),
  reopen: (user, aws) =>
    aws.call('iam:DetachUserPolicy', { UserName: user, PolicyArn: denyAllArn }),
};

const inlineName = 'cordon-quarantine';
const inlineDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});
/** Characters without white space of all inline policies of a user together. */
const inlineQuota = 2_048;

const sizeOf = (text: string): number => text.replaceAll(/\s/g, '').length;

const inlineText = async (user: string, name: string, aws: Aws): Promise<string | undefined> => {
  const found = await unlessMissing(
    aws.call('iam:GetUserPolicy', { UserName: user, PolicyName: name }),
  );
  return found && decodeURIComponent(found.PolicyDocument ?? '');
};

export const inlineDeny: DenyWay = {
  suffix: `/${inlineName}`,
  label: `Inline policy ${inlineName} on`,
  open: 'absent',
  closed: 'denies everything',
  uses: ['iam:DeleteUserPolicy', 'iam:GetUserPolicy', 'iam:PutUserPolicy'],
  read: async (user, aws) => {
    const text = await inlineText(user, inlineName, aws);
    if (text === undefined) return 'absent';
    return text === inlineDocument ? 'denies everything' : 'other text';
  },
  close: (user, aws) =>
    aws.call('iam:PutUserPolicy', {
      ...{ UserName: user, PolicyName: inlineName, PolicyDocument: inlineDocument },
    }),
  reopen: (user, aws) =>
    aws.call('iam:DeleteUserPolicy', { UserName: user, PolicyName: inlineName }),
};

export const boundaryDeny: DenyWay = {
  suffix: '/boundary',
  label: 'Permissions boundary of',
  open: 'none',
  closed: 'AWSDenyAll',
  uses: ['iam:DeleteUserPermissionsBoundary', 'iam:GetUser', 'iam:PutUserPermissionsBoundary'],
  read: async (user, aws) => {
    const found = await unlessMissing(aws.call('iam:GetUser', { UserName: user }));
    const arn = found?.User?.PermissionsBoundary?.PermissionsBoundaryArn;
    return arn === denyAllArn ? 'AWSDenyAll' : (arn ?? 'none');
  },
  close: (user, aws) =>
    aws.call('iam:PutUserPermissionsBoundary', {
      ...{ UserName: user, PermissionsBoundary: denyAllArn },
    }),
  reopen: (user, aws) => aws.call('iam:DeleteUserPermissionsBoundary', { UserName: user }),
};

const ways = [managedDeny, inlineDeny, boundaryDeny] as const;

/** The way that a plan's change is about. */
export const wayOf = ({ id }: Pick<Change, 'id'>, user: string): DenyWay | undefined =>
  ways.find(({ suffix }) => id === user + suffix);

export const denyRegister = (
  { id, account }: { readonly id: string; readonly account: string },
  way: DenyWay,
): Register => ({
  id: id + way.suffix,
  title: `${way.label} ${id}`,
  resource: `${account}/global/user/${id}`,
  undoable: true,
  uses: way.uses,
  read: (aws) => way.read(id, aws),
  write: async (value, aws) => {
    if (value === way.closed) await way.close(id, aws);
    else if (value === way.open) await unlessGone(way.reopen(id, aws));
    else throw new Error(`${way.label} ${id} cannot be made ${JSON.stringify(value)}`);
  },
});

/** Taking back what is not there is an error of AWS, and done all the same. */
const unlessGone = async (answer: Promise<unknown>): Promise<void> => {
  try {
    await answer;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
};

/** Whether Cordon's inline policy is there, or there is room for it beside the others. */
export const inlineRoom = async (
  user: string,
  aws: Aws,
): Promise<'denied' | 'room' | 'other text' | 'full'> => {
  const pages = await allPages((from) =>
    aws.call('iam:ListUserPolicies', { UserName: user, ...from }),
  );
  const names = pages.flatMap(({ PolicyNames }) => PolicyNames ?? []);
  const texts = await Promise.all(names.map((name) => inlineText(user, name, aws)));
  const own = texts[names.indexOf(inlineName)];
  if (own !== undefined) return own === inlineDocument ? 'denied' : 'other text';
  const used = texts.reduce((sum, text) => sum + sizeOf(text ?? ''), 0);
  return used + sizeOf(inlineDocument) <= inlineQuota ? 'room' : 'full';
};
