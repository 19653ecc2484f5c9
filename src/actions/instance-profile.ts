/**
 * The instance profile on an instance: through it the instance gets credentials of a role. Taking it
 * off ends none that were handed out already.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateIamInstanceProfile.html
 */
import type { IamInstanceProfileAssociation } from '@aws-sdk/client-ec2';
import type { Change, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { unlessMissing } from './iam-reading.ts';

export const noProfile = 'none';
const onIt = ['associating', 'associated'];

const associationsOf = async (
  instance: string,
  aws: Aws,
): Promise<readonly IamInstanceProfileAssociation[]> => {
  const { IamInstanceProfileAssociations } = await aws.call(
    'ec2:DescribeIamInstanceProfileAssociations',
    { Filters: [{ Name: 'instance-id', Values: [instance] }] },
  );
  return IamInstanceProfileAssociations ?? [];
};

const present = (
  associations: readonly IamInstanceProfileAssociation[],
): IamInstanceProfileAssociation | undefined =>
  associations.find(({ State }) => onIt.includes(State ?? ''));

/** The profile's ARN, or `none`. */
export const profileOn = async (instance: string, aws: Aws): Promise<string> =>
  present(await associationsOf(instance, aws))?.IamInstanceProfile?.Arn ?? noProfile;

/** The one role of the profile; undefined when the profile is gone or empty. */
export const roleOfProfile = async (arn: string, aws: Aws): Promise<string | undefined> => {
  const InstanceProfileName = arn.split('/').at(-1) ?? '';
  const found = await unlessMissing(aws.call('iam:GetInstanceProfile', { InstanceProfileName }));
  return found?.InstanceProfile?.Roles?.[0]?.RoleName;
};

const suffix = '/instance-profile';

export const profileChange = (instance: string, before: string): Change => ({
  id: instance + suffix,
  label: `Instance profile of ${instance}`,
  before,
  after: noProfile,
});

const write = async (instance: string, value: string, aws: Aws): Promise<void> => {
  const now = present(await associationsOf(instance, aws));
  if (now && now.IamInstanceProfile?.Arn !== value)
    await aws.call('ec2:DisassociateIamInstanceProfile', { AssociationId: now.AssociationId });
  if (value === noProfile || now?.IamInstanceProfile?.Arn === value) return;
  await aws.call('ec2:AssociateIamInstanceProfile', {
    InstanceId: instance,
    IamInstanceProfile: { Arn: value },
  });
};

/** Undefined for the change of something else. */
export const profileRegister = (
  change: Change,
  { target: { id, account, region } }: Plan,
): Register | undefined =>
  change.id === id + suffix
    ? {
        id: change.id,
        title: `Take the instance profile off ${id}, or put it back`,
        resource: `${account}/${region}/${id}`,
        undoable: true,
        uses: [
          'ec2:AssociateIamInstanceProfile',
          'ec2:DescribeIamInstanceProfileAssociations',
          'ec2:DisassociateIamInstanceProfile',
        ],
        read: (aws) => profileOn(id, aws),
        write: (value, aws) => write(id, String(value), aws),
        settles: {
          withinSeconds: 60,
          atRest: async (aws) =>
            (await associationsOf(id, aws)).every(({ State }) => State === 'associated'),
        },
      }
    : undefined;
