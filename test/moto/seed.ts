/** The example in an empty moto: made by its owner, with the SDK, as a customer would have. */
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AddRoleToInstanceProfileCommand,
  CreateAccessKeyCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  type IAMClient,
  UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { memberRoleName } from '../../src/actions/role-names.ts';

export const account = '123456789012';
export const region = 'eu-west-1';

/** Settings of a client that may do everything, and is not Cordon. */
export const asOwner = {
  region,
  credentials: { accessKeyId: `ADMIN-${account}`, secretAccessKey: 'local' },
};

export interface Owner {
  readonly ec2: EC2Client;
  readonly iam: IAMClient;
}

export interface Example {
  readonly vpc: string;
  /** Security groups: 443 from everywhere, 22 from 10.0.0.0/8. */
  readonly web: string;
  readonly admin: string;
  /** Two interfaces: one in `web` and `admin`, one in `admin`. */
  readonly instance: string;
  /** One interface in `admin`; nothing may ever happen to it. */
  readonly bystander: string;
  readonly user: string;
  /** Active. */
  readonly key: string;
  /** Inactive, of the same user. */
  readonly idleKey: string;
}

/** Every answer names what it made; moto's would be a broken answer otherwise. */
export const named = (id: string | undefined): string => {
  if (!id) throw new Error('moto made something without a name');
  return id;
};

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
    },
  ],
});

/** An image that moto knows. */
export const image = {
  ImageId: 'ami-12c6146b',
  InstanceType: 't3.micro',
  MinCount: 1,
  MaxCount: 1,
} as const;

const seedNetwork = async ({ ec2 }: Owner) => {
  const { Vpc } = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.0.0.0/16', AmazonProvidedIpv6CidrBlock: true }),
  );
  const vpc = named(Vpc?.VpcId);
  const subnet = async (CidrBlock: string): Promise<string> => {
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock }));
    return named(Subnet?.SubnetId);
  };
  const group = async (name: string, port: number, CidrIp: string): Promise<string> => {
    const { GroupId } = await ec2.send(
      new CreateSecurityGroupCommand({ VpcId: vpc, GroupName: name, Description: name }),
    );
    const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [rule] }));
    return named(GroupId);
  };
  return {
    vpc,
    subnets: [await subnet('10.0.1.0/24'), await subnet('10.0.2.0/24')],
    web: await group('web', 443, '0.0.0.0/0'),
    admin: await group('admin', 22, '10.0.0.0/8'),
  };
};

const seedInstances = async (owner: Owner) => {
  const { ec2, iam } = owner;
  const { vpc, subnets, web, admin } = await seedNetwork(owner);
  const profile = 'checkout-api';
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: profile }));
  await iam.send(new CreateRoleCommand({ RoleName: profile, AssumeRolePolicyDocument: trust }));
  await iam.send(
    new AddRoleToInstanceProfileCommand({ InstanceProfileName: profile, RoleName: profile }),
  );
  const run = async (name: string, interfaces: readonly string[][]): Promise<string> => {
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ...image,
        IamInstanceProfile: { Name: profile },
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: name }] }],
        NetworkInterfaces: interfaces.map((Groups, DeviceIndex) => ({
          DeviceIndex,
          SubnetId: subnets[DeviceIndex],
          Groups,
        })),
      }),
    );
    return named(Instances?.[0]?.InstanceId);
  };
  return {
    ...{ vpc, web, admin },
    instance: await run('checkout-api', [[web, admin], [admin]]),
    bystander: await run('checkout-worker', [[admin]]),
  };
};

const seedUser = async ({ iam }: Owner) => {
  const user = 'ci-deploy';
  await iam.send(new CreateUserCommand({ UserName: user }));
  const key = async (): Promise<string> => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: user }));
    return named(AccessKey?.AccessKeyId);
  };
  const [active, idle] = [await key(), await key()];
  await iam.send(
    new UpdateAccessKeyCommand({ UserName: user, AccessKeyId: idle, Status: 'Inactive' }),
  );
  // Any call signed with the key makes moto remember its last use.
  const credentials = { accessKeyId: active, secretAccessKey: 'unchecked' };
  await new STSClient({ region, credentials }).send(new GetCallerIdentityCommand({}));
  return { user, key: active, idleKey: idle };
};

export const seedMoto = async (owner: Owner): Promise<Example> => {
  for (const role of ['read', 'respond'] as const)
    await owner.iam.send(
      new CreateRoleCommand({ RoleName: memberRoleName(role), AssumeRolePolicyDocument: trust }),
    );
  return { ...(await seedInstances(owner)), ...(await seedUser(owner)) };
};
