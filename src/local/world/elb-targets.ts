/** Targets of the simulated load balancers: what takes part, and what is on its way out. */
import type { Target, TargetGroup } from './network-state.ts';
import type { Partition } from './state.ts';

/** How long AWS lets a target finish what it has begun. */
const drainMs = 300_000;

const isSame = (
  a: Pick<Target, 'id' | 'port'>,
  b: { readonly id: string; readonly port?: number },
) => a.id === b.id && (b.port === undefined || a.port === b.port);

/** Those that are still there at `now`. */
export const targetsAt = ({ targets }: TargetGroup, now: number): readonly Target[] =>
  targets.filter(({ drainingUntil }) => drainingUntil === undefined || drainingUntil > now);

/** Starts to drain the target; on every port when none is given. */
export const drained = (
  { network }: Partition,
  arn: string,
  id: string,
  now: number,
  port?: number,
): void => {
  const group = network.targetGroups.get(arn);
  if (!group) return;
  group.targets = targetsAt(group, now).map((each) =>
    isSame(each, { id, ...(port === undefined ? {} : { port }) }) &&
    each.drainingUntil === undefined
      ? { ...each, drainingUntil: now + drainMs }
      : each,
  );
};

/** Puts the target in, or back: what was draining takes part again. */
export const registered = (
  { network }: Partition,
  arn: string,
  wanted: { readonly id: string; readonly port?: number; readonly zone?: string },
): void => {
  const group = network.targetGroups.get(arn);
  if (!group) return;
  const known = group.targets.find((each) => isSame(each, wanted));
  const port = wanted.port ?? known?.port ?? 80;
  group.targets = [
    ...group.targets.filter((each) => !isSame(each, { id: wanted.id, port })),
    { id: wanted.id, port, ...(wanted.zone ? { zone: wanted.zone } : {}) },
  ];
};
