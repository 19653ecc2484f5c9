/**
 * The simulated EC2: instance profiles on instances. An association has an id of its own each time.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateIamInstanceProfile.html
 */
import type {
  AssociateIamInstanceProfileCommandInput,
  DescribeIamInstanceProfileAssociationsCommandInput,
  DisassociateIamInstanceProfileCommandInput,
  IamInstanceProfileAssociation,
} from '@aws-sdk/client-ec2';
import { AwsError } from './aws-error.ts';
import { filtered } from './ec2-filters.ts';
import { findInstance } from './ec2-instances.ts';
import type { Instance } from './state.ts';
import type { Call, Handlers } from './world.ts';

const associationId = ({ id, profileAssociation }: Instance): string =>
  profileAssociation ?? `iip-assoc-${id.replace(/^i-/, '')}`;

const describe = (instance: Instance, State: 'associated' | 'disassociating') =>
  ({
    AssociationId: associationId(instance),
    InstanceId: instance.id,
    IamInstanceProfile: { Arn: instance.profileArn ?? '' },
    State,
  }) as IamInstanceProfileAssociation;

export const ec2Profiles = {
  DescribeIamInstanceProfileAssociations(
    input: DescribeIamInstanceProfileAssociationsCommandInput,
    { partition }: Call,
  ) {
    const having = [...partition.instances.values()].filter(({ profileArn }) => profileArn);
    const found = filtered(having, input.Filters, { 'instance-id': ({ id }) => [id] });
    return { IamInstanceProfileAssociations: found.map((each) => describe(each, 'associated')) };
  },

  DisassociateIamInstanceProfile(
    input: DisassociateIamInstanceProfileCommandInput,
    { partition }: Call,
  ) {
    const instance = [...partition.instances.values()].find(
      (each) => each.profileArn && associationId(each) === input.AssociationId,
    );
    if (!instance)
      throw new AwsError(
        'NoSuchAssociation',
        `An invalid association-id of '${input.AssociationId}' was given`,
      );
    const answer = { IamInstanceProfileAssociation: describe(instance, 'disassociating') };
    delete instance.profileArn;
    return answer;
  },

  AssociateIamInstanceProfile(input: AssociateIamInstanceProfileCommandInput, at: Call) {
    const instance = findInstance(at.partition, input.InstanceId ?? '');
    const arn = input.IamInstanceProfile?.Arn ?? '';
    if (instance.profileArn)
      throw new AwsError(
        'IncorrectState',
        `There is an existing association for instance ${instance.id}`,
      );
    const known = [...at.account.iamRoles.values()].some(({ profiles }) => profiles.includes(arn));
    if (!known)
      throw new AwsError(
        'InvalidParameterValue',
        `Value (${arn}) for parameter iamInstanceProfile.arn is invalid. Invalid IAM Instance Profile ARN`,
      );
    instance.profileArn = arn;
    instance.profileAssociation = at.world.nextId('iip-assoc');
    return { IamInstanceProfileAssociation: describe(instance, 'associated') };
  },
} satisfies Handlers;
