/** What worker answers `cordon doctor` about Organizations, beside its work. */
import type { CordonConfig } from '../config/config.ts';
import type { checkOrganization } from '../flows/organization/check-organization.ts';
import { accountSessions } from './account-sessions.ts';
import type { Deployment } from './deployment.ts';
import type { Outside } from './outside.ts';
import { tables } from './tables.ts';

export type OrganizationFinding = Awaited<ReturnType<typeof checkOrganization>>;

export const isOrganizationCheck = (event: unknown): event is { readonly check: 'organization' } =>
  typeof event === 'object' && event !== null && Reflect.get(event, 'check') === 'organization';

export const organizationCheck =
  (
    deployment: Pick<Deployment, 'region' | 'externalId' | 'casesTable' | 'requestsTable'>,
    outside: Outside,
    config: CordonConfig,
  ): (() => Promise<OrganizationFinding>) =>
  async () => {
    // Asked by the doctor now and then: no start has to carry it.
    const { checkOrganization } = await import('../flows/organization/check-organization.ts');
    return checkOrganization({
      config,
      organization: tables(deployment, outside).organization,
      // A new session for each check: a policy that was mended meanwhile has to show.
      aws: accountSessions('worker', deployment, { outside, config }),
    });
  };
