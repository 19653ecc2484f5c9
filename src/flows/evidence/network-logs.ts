/** Where the logs of an account's network are, from the configuration: its own entry goes before `*`. Pure. */
import type { CordonConfig, LogSettings } from '../../config/config.ts';
import type { LogPlace, NetworkLogs } from '../../evidence/source.ts';

interface Where {
  readonly account: string;
  readonly region: string;
}

const placeOf = (log: LogSettings | undefined, { account, region }: Where): LogPlace | undefined =>
  log && {
    account: log.account ?? account,
    region: log.region ?? region,
    logGroup: log.logGroup,
  };

export const networkLogs = (
  { evidence }: Pick<CordonConfig, 'evidence'>,
  where: Where,
): NetworkLogs => {
  const [own, all] = [evidence.network[where.account], evidence.network['*']];
  const flowLogs = placeOf(own?.flowLogs ?? all?.flowLogs, where);
  const resolverLogs = placeOf(own?.resolverLogs ?? all?.resolverLogs, where);
  return { ...(flowLogs ? { flowLogs } : {}), ...(resolverLogs ? { resolverLogs } : {}) };
};
