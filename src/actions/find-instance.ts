/** One EC2 instance as AWS describes it, and the refusals that every action on one shares. */
import type { Instance } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import { type PlanSettings, type Refusal, refuse } from './action.ts';
import type { Aws } from './aws.ts';

/** Undefined when there is none of that id in this account and region. */
export const findInstance = async (id: string, aws: Aws): Promise<Instance | undefined> => {
  try {
    const { Reservations } = await aws.call('ec2:DescribeInstances', { InstanceIds: [id] });
    return Reservations?.[0]?.Instances?.[0];
  } catch (error) {
    const unknown = ['InvalidInstanceID.NotFound', 'InvalidInstanceID.Malformed'];
    if (error instanceof Error && unknown.includes(error.name)) return undefined;
    throw error;
  }
};

export const instanceTag = (instance: Instance | undefined, key: string): string | undefined =>
  instance?.Tags?.find(({ Key }) => Key === key)?.Value;

/** AWS's word: `running`, `stopped` … */
export const instanceState = (instance: Instance | undefined): string =>
  instance?.State?.Name ?? 'unknown';

export const noInstance = (target: ResourceOf<'instance'>): Refusal<'not-found'> =>
  refuse(
    'not-found',
    `There is no instance ${target.id} in account ${target.account}, region ${target.region}.`,
    'Check the region and account in the finding. An instance that was terminated more than an hour ago is gone: look for its snapshots instead.',
  );

export const exemptInstance = (
  target: ResourceOf<'instance'>,
  instance: Instance,
  { exemptTag }: PlanSettings,
): Refusal<'exempt'> | undefined =>
  instanceTag(instance, exemptTag) === undefined
    ? undefined
    : refuse(
        'exempt',
        `${target.id} carries the tag ${exemptTag}.`,
        'Ask the owner of the instance. Remove the tag if it must be done all the same.',
      );
