/** The instance in an Auto Scaling group and behind load balancers in moto, as the example has it. */
import {
  AttachInstancesCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { DescribeNetworkInterfacesCommand, DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resource } from '../../src/findings/finding.ts';
import { account, asOwner, type Example, image, type Owner, region } from './seed.ts';

/** By device index. */
const interfacesOf = async ({ ec2 }: Owner, { instance }: Example) => {
  const Filters = [{ Name: 'attachment.instance-id', Values: [instance] }];
  const { NetworkInterfaces = [] } = await ec2.send(
    new DescribeNetworkInterfacesCommand({ Filters }),
  );
  const place = (each: (typeof NetworkInterfaces)[number]) => each.Attachment?.DeviceIndex ?? 0;
  return NetworkInterfaces.toSorted((a, b) => place(a) - place(b));
};

/** What the example's groups and interfaces are called in both clouds. */
export const namesOf = async (
  owner: Owner,
  example: Example,
): Promise<Readonly<Record<string, string>>> => {
  const [first, second] = await interfacesOf(owner, example);
  return {
    ...{ [example.web]: 'web', [example.admin]: 'admin' },
    ...{ [first?.NetworkInterfaceId ?? '']: 'first', [second?.NetworkInterfaceId ?? '']: 'second' },
  };
};

const AutoScalingGroupName = 'checkout';

const targetGroup = async (
  { vpc }: Example,
  about: { readonly Name: string; readonly Port: number; readonly TargetType: 'instance' | 'ip' },
  Targets: { readonly Id: string; readonly Port: number; readonly AvailabilityZone?: string }[],
): Promise<string> => {
  const balancing = new ElasticLoadBalancingV2Client(asOwner);
  const { TargetGroups = [] } = await balancing.send(
    new CreateTargetGroupCommand({ ...about, Protocol: 'HTTP', VpcId: vpc }),
  );
  const TargetGroupArn = TargetGroups[0]?.TargetGroupArn ?? '';
  await balancing.send(new RegisterTargetsCommand({ TargetGroupArn, Targets }));
  return TargetGroupArn;
};

const scalingGroup = async (
  owner: Owner,
  { vpc, instance, bystander }: Example,
  targetGroups: string[],
): Promise<void> => {
  const scaling = new AutoScalingClient(asOwner);
  const { Subnets = [] } = await owner.ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
  );
  const { ImageId, InstanceType } = image;
  const LaunchConfigurationName = AutoScalingGroupName;
  await scaling.send(
    new CreateLaunchConfigurationCommand({ LaunchConfigurationName, ImageId, InstanceType }),
  );
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchConfigurationName,
      MinSize: 0,
      MaxSize: 4,
      DesiredCapacity: 0,
      VPCZoneIdentifier: Subnets.map(({ SubnetId }) => SubnetId).join(','),
      TargetGroupARNs: targetGroups,
    }),
  );
  const InstanceIds = [instance, bystander];
  await scaling.send(new AttachInstancesCommand({ AutoScalingGroupName, InstanceIds }));
  await scaling.send(new UpdateAutoScalingGroupCommand({ AutoScalingGroupName, MinSize: 2 }));
};

export const inScalingGroup = async (owner: Owner, example: Example): Promise<Resource> => {
  const { instance, bystander } = example;
  const [first] = await interfacesOf(owner, example);
  const web = await targetGroup(
    example,
    { Name: 'checkout-web', Port: 8080, TargetType: 'instance' },
    [instance, bystander].map((Id) => ({ Id, Port: 8080 })),
  );
  await targetGroup(example, { Name: 'checkout-metrics', Port: 9100, TargetType: 'ip' }, [
    { Id: first?.PrivateIpAddress ?? '', Port: 9100, AvailabilityZone: `${region}a` },
  ]);
  await scalingGroup(owner, example, [web]);
  return { kind: 'instance', id: instance, account, region };
};
