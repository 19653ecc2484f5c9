/**
 * The simulated EC2: stopping and starting. Both take a while, and what AWS does by itself comes
 * with it: public addresses go back, and Auto Scaling terminates what was stopped.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html
 */
import type {
  InstanceStateChange,
  StartInstancesCommandInput,
  StopInstancesCommandInput,
  TerminateInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { settleScaling } from './autoscaling.ts';
import { AwsError } from './aws-error.ts';
import { cutAll, settleConnections } from './ec2-connections.ts';
import { findInstance } from './ec2-instances.ts';
import type { Instance, Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

const stopMs = 30_000;
const startMs = 15_000;

const refuseStop = (instance: Instance): void => {
  if (!['running', 'stopping', 'stopped'].includes(instance.state))
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in a state from which it can be stopped.`,
    );
  if (instance.rootDevice === 'instance-store')
    throw new AwsError(
      'UnsupportedOperation',
      `The instance '${instance.id}' does not have an 'ebs' root device type and cannot be stopped.`,
    );
  if (instance.spot)
    throw new AwsError(
      'UnsupportedOperation',
      `You can't stop the Spot Instance '${instance.id}' because it is associated with a one-time Spot Instance request.`,
    );
  if (instance.stopProtected)
    throw new AwsError(
      'OperationNotPermitted',
      `The instance '${instance.id}' may not be stopped. Modify its 'disableApiStop' instance attribute and try again.`,
    );
};

/** Public addresses that are not Elastic ones go back to AWS. */
const releaseAddresses = ({ interfaces }: Partition, instance: string): void => {
  for (const each of interfaces.values()) {
    if (each.instance !== instance || !each.publicIp) continue;
    delete each.publicIp;
    each.publicIpAtStart = true;
  }
};

const giveAddresses = ({ interfaces }: Partition, instance: string): void => {
  for (const each of interfaces.values()) {
    if (each.instance !== instance || !each.publicIpAtStart) continue;
    each.publicIpAtStart = false;
    each.publicIp = '203.0.113.200';
  }
};

const change = (before: Instance['state'], instance: Instance): InstanceStateChange => ({
  InstanceId: instance.id,
  PreviousState: { Name: before },
  CurrentState: { Name: instance.state },
});

const stop = (instance: Instance, { partition, world }: Call): InstanceStateChange => {
  const before = instance.state;
  refuseStop(instance);
  if (before === 'running') {
    const scaled = instance.tags['aws:autoscaling:groupName'] !== undefined;
    instance.state = 'stopping';
    instance.next = { state: scaled ? 'terminated' : 'stopped', at: world.now() + stopMs };
    releaseAddresses(partition, instance.id);
  }
  return change(before, instance);
};

const start = (instance: Instance, { partition, world }: Call): InstanceStateChange => {
  const before = instance.state;
  if (!['stopped', 'pending', 'running'].includes(before))
    throw new AwsError(
      'IncorrectInstanceState',
      `The instance '${instance.id}' is not in a state from which it can be started.`,
    );
  if (before === 'stopped') {
    instance.state = 'pending';
    instance.next = { state: 'running', at: world.now() + startMs };
    giveAddresses(partition, instance.id);
  }
  return change(before, instance);
};

/** Lets happen what was due by now, before anybody looks. */
export const settleInstances = (partition: Partition, now: number): void => {
  settleScaling(partition, now);
  for (const instance of partition.instances.values()) {
    if (!instance.next || instance.next.at > now) continue;
    instance.state = instance.next.state;
    delete instance.next;
    if (instance.state === 'terminated') forgetTerminated(partition, instance.id);
    if (instance.state === 'stopped') cutAll(partition, instance.id);
  }
  settleConnections(partition, now);
};

/** Its interfaces and connections go, and those of its volumes that are deleted with it. */
const forgetTerminated = (partition: Partition, instance: string): void => {
  cutAll(partition, instance);
  for (const { id, instance: of, deletedWithInstance } of partition.volumes.values())
    if (of === instance && deletedWithInstance) partition.volumes.delete(id);
  for (const each of partition.interfaces.values())
    if (each.instance === instance) partition.interfaces.delete(each.id);
};

export const ec2Power = {
  StopInstances(input: StopInstancesCommandInput, at: Call) {
    const found = (input.InstanceIds ?? []).map((id) => findInstance(at.partition, id));
    return { StoppingInstances: found.map((instance) => stop(instance, at)) };
  },

  /** Not asked by Auto Scaling, which knows no termination protection. */
  TerminateInstances(input: TerminateInstancesCommandInput, at: Call) {
    const found = (input.InstanceIds ?? []).map((id) => findInstance(at.partition, id));
    const kept = found.find(({ terminationProtected }) => terminationProtected);
    if (kept)
      throw new AwsError(
        'OperationNotPermitted',
        `The instance '${kept.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    return {
      TerminatingInstances: found.map((instance) => {
        const before = instance.state;
        instance.state = 'shutting-down';
        instance.next = { state: 'terminated', at: at.world.now() + stopMs };
        return change(before, instance);
      }),
    };
  },

  StartInstances(input: StartInstancesCommandInput, at: Call) {
    const found = (input.InstanceIds ?? []).map((id) => findInstance(at.partition, id));
    return { StartingInstances: found.map((instance) => start(instance, at)) };
  },
} satisfies Handlers;
