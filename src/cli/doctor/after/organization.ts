/** Organizations: whether the accounts, their units and owners can be read from it. */
import type { OrganizationFinding } from '../../../app/check-organization.ts';
import { broken, type Check, fine, skipped } from '../check.ts';
import type { Site } from '../site.ts';

const remedy = (account: string): string =>
  `Make account ${account} a delegated administrator, or name it in a resource-based delegation policy of the organisation that allows organizations:List*; and deploy infra/member-role.yaml of this release there. docs/install.md says how. Until then accounts that the configuration does not place are not acted on.`;

export const organization: Check<Site> = {
  id: 'organization',
  needs: ['functions'],
  async look({ config, invoke }) {
    if (!config.deployment.organization)
      return [
        skipped('deployment.organization is not set: accounts are those of the configuration'),
      ];
    const found = (await invoke('worker', { check: 'organization' })) as OrganizationFinding;
    return found.state === 'fine'
      ? [fine(found.says)]
      : [broken(found.says, remedy(config.securityAccount))];
  },
};
