/** The sessions of a function in accounts, by the read and response roles. */
import { type Accounts, awsAccounts } from '../aws/accounts.ts';
import type { CordonConfig } from '../config/config.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';

export const accountSessions = (
  functionName: 'worker' | 'executor',
  { region, externalId }: Pick<Deployment, 'region' | 'externalId'>,
  {
    outside: { chance, pause, credentials, onClient },
    config,
  }: { readonly outside: Outside; readonly config: Pick<CordonConfig, 'roleNames'> },
): Accounts =>
  awsAccounts({
    functionName,
    homeRegion: region,
    externalId,
    roleNames: config.roleNames,
    now: chance.now,
    ...(pause ? { pause } : {}),
    ...(credentials ? { credentials } : {}),
    ...(onClient ? { onClient } : {}),
  });
