/** Whether Organizations answers what the accounts are read from, for `cordon doctor`; nothing is changed. */
import type { Operation } from '../../actions/aws.ts';
import { isActive } from '../../organization/directory.ts';
import { CallFailed, inWords } from '../../posture/call-failed.ts';
import type { Ports } from '../ports.ts';

/** `wrong` with what AWS does not answer; `fine` with how far the accounts are read. */
interface OrganizationFinding {
  readonly state: 'fine' | 'wrong';
  readonly says: string;
}

type CheckPorts = Pick<Ports, 'aws' | 'config'> & {
  readonly organization: Pick<Ports['organization'], 'get'>;
};

/** One call of each kind. Throws `CallFailed`. */
const tryAll = async ({ aws, config }: CheckPorts): Promise<void> => {
  const failed = (operation: Operation | 'sts:AssumeRole') => (error: unknown) => {
    throw new CallFailed(operation, error);
  };
  const { securityAccount: account, homeRegion: region } = config;
  const reader = await aws
    .as({ drill: undefined, role: 'read', account, region, requestId: 'doctor' })
    .catch(failed('sts:AssumeRole'));
  const { Roots = [] } = await reader
    .call('organizations:ListRoots', {})
    .catch(failed('organizations:ListRoots'));
  const ParentId = Roots[0]?.Id ?? '';
  for (const operation of [
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListAccountsForParent',
  ] as const)
    await reader.call(operation, { ParentId }).catch(failed(operation));
  await reader
    .call('organizations:ListTagsForResource', { ResourceId: account })
    .catch(failed('organizations:ListTagsForResource'));
};

export const checkOrganization = async (ports: CheckPorts): Promise<OrganizationFinding> => {
  try {
    await tryAll(ports);
  } catch (error) {
    return { state: 'wrong', says: inWords(error) };
  }
  const directory = await ports.organization.get();
  if (directory?.failing) return { state: 'wrong', says: directory.failing.because };
  if (!directory?.readAt)
    return {
      state: 'fine',
      says: 'Organizations answers; its accounts will be read within minutes',
    };
  const active = directory.accounts.filter(isActive);
  const unreached = active.filter(({ reach }) => reach?.because);
  return {
    state: 'fine',
    says: `${active.length} accounts as of ${directory.readAt.slice(0, 16)} UTC, the read role assumed in ${active.length - unreached.length}`,
  };
};
