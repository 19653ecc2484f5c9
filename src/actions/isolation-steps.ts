/**
 * What isolating an instance changes, in its order, and which register makes each change. What is
 * prepared comes before what cuts: a cut instance fails health checks, and whoever sees that may
 * terminate it.
 */
import type { Instance, NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import type { ResourceOf } from '../findings/finding.ts';
import type { Change, Plan, PlanSettings, Register } from './action.ts';
import type { Aws } from './aws.ts';
import { addressChanges, addressRegister } from './elastic-address.ts';
import { timeoutChange, timeoutRegister } from './idle-timeouts.ts';
import type { InstanceNeighbours } from './instance-reach.ts';
import {
  deletedVolumes,
  metadataService,
  settingChange,
  settingRegister,
  shutdownBehaviour,
  terminationProtection,
} from './instance-settings.ts';
import { goneInterface, isQuarantined, vpcsOf } from './network-interfaces.ts';
import { swapChanges, swapRegister } from './quarantined-interfaces.ts';
import { scalingChange, scalingRegister } from './scaling-group.ts';
import { targetChange, targetRegister } from './target-groups.ts';
import {
  isForAWhile,
  transitionMade,
  transitionRegister,
  transitionRemoved,
} from './transition-group.ts';

const settings = [terminationProtection, shutdownBehaviour, deletedVolumes, metadataService];

/** The instance's own settings as they are now. AWS knows no termination protection for Spot. */
export const settingChanges = (instance: Instance, aws: Aws): Promise<readonly Change[]> =>
  Promise.all(
    settings
      .filter((each) => each !== terminationProtection || instance.InstanceLifecycle !== 'spot')
      .map((setting) => settingChange(setting, instance.InstanceId ?? '', aws)),
  );

interface Found {
  readonly interfaces: readonly NetworkInterface[];
  readonly quarantine: readonly SecurityGroup[];
  readonly transition: readonly SecurityGroup[];
  readonly around: InstanceNeighbours;
  /** From `settingChanges`. */
  readonly set: readonly Change[];
}

/** A group takes its members out of its own target groups, and puts them back. */
const ownTargets = ({ scaling, targeted }: InstanceNeighbours) =>
  targeted.filter(({ arn }) => !scaling?.about?.TargetGroupARNs?.includes(arn));

/** The VPCs of the interfaces that pass the transition group; one in quarantine is not opened again. */
const passingVpcs = (
  { interfaces }: Found,
  chosen: PlanSettings['isolation'],
): readonly string[] =>
  chosen?.transitionGroup ? vpcsOf(interfaces.filter((each) => !isQuarantined(each))) : [];

export const isolationChanges = (
  target: ResourceOf<'instance'>,
  found: Found,
  chosen: PlanSettings['isolation'],
): readonly Change[] => {
  const { interfaces, quarantine, transition, around, set } = found;
  const isCut = ({ id }: Change): boolean => id === target.id + metadataService.suffix;
  const passing = passingVpcs(found, chosen);
  return [
    ...set.filter((change) => !isCut(change)),
    ...(around.scaling ? [scalingChange(target, around.scaling)] : []),
    ...ownTargets(around).map((each) => targetChange(target.id, each)),
    ...(around.nitro ? interfaces.map(timeoutChange) : []),
    ...passing.map((vpc) => transitionMade(vpc, transition)),
    ...swapChanges(interfaces, quarantine),
    ...set.filter(isCut),
    ...passing.map(transitionRemoved),
    ...(chosen?.disassociateAddress ? addressChanges(interfaces) : []),
  ];
};

const makers = [
  swapRegister,
  timeoutRegister,
  scalingRegister,
  targetRegister,
  transitionRegister,
  addressRegister,
];

/** Only the swap and the metadata service cut anything; what is before it can be done side by side. */
const stageOf = ({ id }: Change): string => {
  if (id.endsWith('/groups') || id.endsWith(metadataService.suffix)) return 'cut';
  return id.endsWith('/removed') || id.endsWith('/association') ? 'after' : 'prepare';
};

const registerOf = (change: Change, planned: Plan): Register => {
  const register =
    settingRegister(settings, change, planned) ??
    makers.map((make) => make(change, planned)).find((made) => made !== undefined);
  if (!register) throw new Error(`${planned.action} has no register for ${change.id}`);
  return { ...register, stage: stageOf(change) };
};

export const isolationRegisters = (planned: Plan): readonly Register[] =>
  planned.changes.map((change) => registerOf(change, planned));

/** What is not as promised; an interface that is gone needs nothing more. */
export const unkept = async (planned: Plan, aws: Aws): Promise<readonly string[]> => {
  const readings = await Promise.all(
    planned.changes
      .filter((change) => !isForAWhile(change))
      .map(async (change) => {
        const register = registerOf(change, planned);
        const live = await register.read(aws);
        const rests = (await register.settles?.atRest(aws)) ?? true;
        const kept =
          live === goneInterface || JSON.stringify(live) === JSON.stringify(change.after);
        return kept && rests
          ? []
          : [`${change.label}: ${JSON.stringify(live)}${kept ? ', on its way' : ''}`];
      }),
  );
  return readings.flat();
};
