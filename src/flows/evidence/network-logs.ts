/** Where the logs of an account's network are, from the configuration: its own entry goes before `*`. Pure. */
import type { CordonConfig } from '../../config/config.ts';
import type { NetworkLogs } from '../../evidence/source.ts';
import type { Place } from '../../evidence/subjects.ts';

/** A log is where it says that it is, else where the case is. */
const placed = <T extends object>(
  log: (T & { readonly [place in keyof Place]?: string | undefined }) | undefined,
  { account, region }: Place,
) => log && { ...log, account: log.account ?? account, region: log.region ?? region };

export const networkLogs = (
  { evidence }: Pick<CordonConfig, 'evidence'>,
  where: Place,
): NetworkLogs => {
  const [own, all] = [evidence.network[where.account], evidence.network['*']];
  const flowLogs = placed(own?.flowLogs ?? all?.flowLogs, where);
  const resolverLogs = placed(own?.resolverLogs ?? all?.resolverLogs, where);
  const loadBalancerLogs = placed(own?.loadBalancerLogs ?? all?.loadBalancerLogs, where);
  const bucketLogs = placed(own?.bucketLogs ?? all?.bucketLogs, where);
  return {
    ...(flowLogs ? { flowLogs } : {}),
    ...(resolverLogs ? { resolverLogs } : {}),
    ...(loadBalancerLogs ? { loadBalancerLogs } : {}),
    ...(bucketLogs ? { bucketLogs } : {}),
  };
};
