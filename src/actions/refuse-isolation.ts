/** Instances and interfaces that cannot be isolated, or must not be, with what to do instead. */
import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import { type PlanSettings, type Refusal, refuse } from './action.ts';
import { exemptInstance, instanceState } from './find-instance.ts';

type Target = ResourceOf<'instance'>;

export const refuseInstance = (
  target: Target,
  instance: Instance,
  planSettings: PlanSettings,
): Refusal<'exempt' | 'managed-by-aws' | 'wrong-state'> | undefined => {
  const state = instanceState(instance);
  if (state === 'terminated' || state === 'shutting-down')
    return refuse(
      'wrong-state',
      `${target.id} is ${state}: it has no network to cut.`,
      'Revoke the sessions of its role and keep the snapshots of its volumes.',
    );
  if (instance.Operator?.Managed)
    return refuse(
      'managed-by-aws',
      `${target.id} is managed by ${instance.Operator.Principal ?? 'an AWS service'}, which lets nobody else change it.`,
      'Contain it through that service: drain the node (EKS Auto Mode) or the container instance (ECS) and let it be replaced. Snapshot its volumes first.',
    );
  return exemptInstance(target, instance, planSettings);
};

export const refuseInterfaces = (
  target: Target,
  interfaces: readonly NetworkInterface[],
): Refusal<'managed-by-aws' | 'not-ours' | 'wrong-state'> | undefined => {
  if (interfaces.length === 0)
    return refuse(
      'wrong-state',
      `${target.id} has no network interface.`,
      'There is nothing to cut. Stop the instance if it must not run.',
    );
  const managed = interfaces.find((each) => each.RequesterManaged || each.Operator?.Managed);
  if (managed)
    return refuse(
      'managed-by-aws',
      `${managed.NetworkInterfaceId} is managed by an AWS service, which lets nobody else change its security groups.`,
      'Contain the instance through that service, or cut its subnet with a network ACL.',
    );
  const shared = interfaces.find(({ OwnerId }) => OwnerId && OwnerId !== target.account);
  if (shared)
    return refuse(
      'not-ours',
      `${shared.NetworkInterfaceId} belongs to account ${shared.OwnerId}.`,
      `Act from a finding of account ${shared.OwnerId}, or stop the instance.`,
    );
  return undefined;
};
