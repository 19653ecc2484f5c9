/** The configuration with the accounts that Organizations tells, as a function knows them just now. */
import type { CordonConfig } from '../config/config.ts';
import { withOrganization } from '../config/with-organization.ts';
import { directoryKeptMs } from '../organization/directory.ts';
import type { DirectoryStore } from '../store/account-directory.ts';
import type { Outside } from './outside.ts';

/**
 * The directory is read once in five minutes, however much a function has to do. Where it cannot be read,
 * the configuration alone counts, and it is tried again the next time.
 */
export const configInForce = (
  config: CordonConfig,
  store: Pick<DirectoryStore, 'get'>,
  { chance, log }: Pick<Outside, 'chance' | 'log'>,
): (() => Promise<CordonConfig>) => {
  if (!config.deployment.organization) return async () => config;
  let known: { readonly until: number; readonly config: CordonConfig } | undefined;
  return async () => {
    const now = chance.now();
    if (known && now < known.until) return known.config;
    try {
      const inForce = withOrganization(config, await store.get(), now);
      known = { until: now + directoryKeptMs, config: inForce };
      return inForce;
    } catch (error) {
      known = undefined;
      log('directory.unread', { error: error instanceof Error ? error.name : 'unknown' });
      return withOrganization(config, undefined, now);
    }
  };
};
