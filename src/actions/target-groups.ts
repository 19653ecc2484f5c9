/**
 * An instance as a target of load balancers. It is taken out before its network is cut: a target
 * that fails its health check is what makes others terminate it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeregisterTargets.html
 */
import type {
  TargetDescription,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Change, Plan, Register } from './action.ts';
import type { Aws } from './aws.ts';

/** A target group in which the instance is, and what else is in it. */
export interface Targeted {
  readonly arn: string;
  readonly name: string;
  /** The instance's own targets, as their changes write them. */
  readonly own: readonly string[];
  readonly healthyLeft: number;
}

const targetText = ({ Id, Port, AvailabilityZone }: TargetDescription): string =>
  `${Id} port ${Port ?? 0}${AvailabilityZone ? ` in ${AvailabilityZone}` : ''}`;

const targetPattern = /^(\S+) port (\d+)(?: in (\S+))?$/;

const targetOf = (text: string): TargetDescription => {
  const [, Id, port, zone] = targetPattern.exec(text) ?? [];
  if (!Id) throw new Error(`${text} is no target of a target group`);
  return { Id, Port: Number(port), ...(zone ? { AvailabilityZone: zone } : {}) };
};

const groupsIn = async (vpcs: readonly string[], aws: Aws): Promise<readonly TargetGroup[]> => {
  const found: TargetGroup[] = [];
  let Marker: string | undefined;
  do {
    const page = await aws.call('elasticloadbalancing:DescribeTargetGroups', {
      ...(Marker ? { Marker } : {}),
    });
    found.push(...(page.TargetGroups ?? []));
    Marker = page.NextMarker;
  } while (Marker);
  return found.filter(({ VpcId }) => vpcs.includes(VpcId ?? ''));
};

/** Draining is on its way out: the call was made. */
const isIn = ({ TargetHealth }: TargetHealthDescription): boolean =>
  TargetHealth?.State !== 'draining';

const targetsOf = async (arn: string, aws: Aws): Promise<readonly TargetHealthDescription[]> => {
  const { TargetHealthDescriptions } = await aws.call('elasticloadbalancing:DescribeTargetHealth', {
    TargetGroupArn: arn,
  });
  return TargetHealthDescriptions ?? [];
};

/** By instance id or address. */
type Names = ReadonlySet<string>;

const ownIn = (targets: readonly TargetHealthDescription[], names: Names): readonly string[] =>
  targets
    .filter((each) => names.has(each.Target?.Id ?? '') && isIn(each))
    .flatMap(({ Target }) => (Target ? [targetText(Target)] : []))
    .sort();

/** AWS cannot be asked by target: each group of the VPCs is looked at. */
export const targetedBy = async (
  names: Names,
  vpcs: readonly string[],
  aws: Aws,
): Promise<readonly Targeted[]> => {
  const groups = await groupsIn(vpcs, aws);
  const looked = await Promise.all(
    groups.map(async ({ TargetGroupArn: arn = '', TargetGroupName: name = '' }) => {
      const targets = await targetsOf(arn, aws);
      const left = targets.filter(
        ({ Target, TargetHealth }) =>
          !names.has(Target?.Id ?? '') && TargetHealth?.State === 'healthy',
      );
      return { arn, name, own: ownIn(targets, names), healthyLeft: left.length };
    }),
  );
  return looked.filter(({ own }) => own.length > 0).sort((a, b) => (a.arn < b.arn ? -1 : 1));
};

const suffix = '/targets';

/** The names by which the instance can be a target are in the change's before-value. */
export const targetChange = (instance: string, { arn, name, own }: Targeted): Change => ({
  id: arn + suffix,
  label: `Targets on ${instance} in the target group ${name}`,
  before: own,
  after: [],
});

/** Undefined for the change of something else. */
export const targetRegister = (
  change: Change,
  { target: { account, region } }: Plan,
): Register | undefined => {
  if (!change.id.endsWith(suffix)) return undefined;
  const TargetGroupArn = change.id.slice(0, -suffix.length);
  const known = Array.isArray(change.before) ? change.before.map(String) : [];
  const names = new Set(known.map((text) => targetOf(text).Id ?? ''));
  return {
    id: change.id,
    title: `Take out of the target group, or back: ${change.label}`,
    // `targetgroup/name/id`, the last part of its ARN.
    resource: `${account}/${region}/${TargetGroupArn.split(':').at(-1)}`,
    undoable: true,
    uses: [
      'elasticloadbalancing:DeregisterTargets',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:RegisterTargets',
    ],
    read: async (aws) => ownIn(await targetsOf(TargetGroupArn, aws), names),
    write: async (value, aws) => {
      if (!Array.isArray(value)) throw new Error(`${change.id} is a list of targets`);
      const wanted = value.map(String);
      const now = ownIn(await targetsOf(TargetGroupArn, aws), names);
      const out = now.filter((text) => !wanted.includes(text)).map(targetOf);
      const back = wanted.filter((text) => !now.includes(text)).map(targetOf);
      if (out.length > 0)
        await aws.call('elasticloadbalancing:DeregisterTargets', { TargetGroupArn, Targets: out });
      if (back.length > 0)
        await aws.call('elasticloadbalancing:RegisterTargets', { TargetGroupArn, Targets: back });
    },
  };
};

export const targetReach = (targeted: readonly Targeted[]): readonly string[] =>
  targeted.map(({ name, healthyLeft }) =>
    healthyLeft === 0
      ? `Target group ${name}: no healthy target is left, so what it serves is down.`
      : `Target group ${name}: ${healthyLeft} healthy target${healthyLeft === 1 ? ' is' : 's are'} left.`,
  );
