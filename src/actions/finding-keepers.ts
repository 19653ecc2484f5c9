/**
 * Where a finding is kept and how its visibility there is read and changed. Used in the
 * administrator account: members cannot archive.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ArchiveFindings.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
import type { WorkflowStatus } from '@aws-sdk/client-securityhub';
import type { ResourceOf } from '../findings/finding.ts';
import type { Json } from './action.ts';
import type { Aws } from './aws.ts';

export type FindingTarget = ResourceOf<'finding'>;

/** How one service keeps a finding's visibility. */
export interface Keeper {
  /** The value that suppresses. */
  readonly suppressed: string;
  readonly label: string;
  /** Resolves where the finding is kept in the administrator account; undefined: nowhere there. */
  locate(target: FindingTarget, aws: Aws): Promise<FindingTarget | undefined>;
  /** Undefined when the service does not have the finding. */
  read(target: FindingTarget, aws: Aws): Promise<string | undefined>;
  write(target: FindingTarget, value: Json, aws: Aws): Promise<void>;
}

const guardDuty: Keeper = {
  suppressed: 'archived',
  label: 'GuardDuty',
  /** The finding may name its own account's detector; an account has one a region. */
  locate: async (target, aws) => {
    const { DetectorIds } = await aws.call('guardduty:ListDetectors', {});
    const keeper = DetectorIds?.[0];
    return keeper ? { ...target, keeper } : undefined;
  },
  read: async ({ keeper, key }, aws) => {
    const { Findings } = await aws.call('guardduty:GetFindings', {
      DetectorId: keeper,
      FindingIds: [key],
    });
    const service = Findings?.[0]?.Service;
    if (!Findings?.[0]) return undefined;
    return service?.Archived ? 'archived' : 'active';
  },
  write: async ({ keeper, key }, value, aws) => {
    const input = { DetectorId: keeper, FindingIds: [key] };
    if (value === 'archived') await aws.call('guardduty:ArchiveFindings', input);
    else if (value === 'active') await aws.call('guardduty:UnarchiveFindings', input);
    else throw new Error(`A GuardDuty finding cannot be made ${JSON.stringify(value)}`);
  },
};

const workflows: readonly WorkflowStatus[] = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'];

const securityHub: Keeper = {
  suppressed: 'SUPPRESSED',
  label: 'Security Hub',
  locate: async (target) => target,
  read: async ({ keeper, key }, aws) => {
    const { Findings } = await aws.call('securityhub:GetFindings', {
      Filters: {
        Id: [{ Value: key, Comparison: 'EQUALS' }],
        ProductArn: [{ Value: keeper, Comparison: 'EQUALS' }],
      },
    });
    return Findings?.[0] ? (Findings[0].Workflow?.Status ?? 'NEW') : undefined;
  },
  write: async ({ keeper, key }, value, aws) => {
    const Status = workflows.find((each) => each === value);
    if (!Status) throw new Error(`A Security Hub workflow cannot be ${JSON.stringify(value)}`);
    const { UnprocessedFindings } = await aws.call('securityhub:BatchUpdateFindings', {
      FindingIdentifiers: [{ Id: key, ProductArn: keeper }],
      Workflow: { Status },
    });
    const failed = UnprocessedFindings?.[0];
    if (failed)
      throw new Error(
        `Security Hub did not update the finding: ${failed.ErrorCode} ${failed.ErrorMessage ?? ''}`,
      );
  },
};

export const keeperOf = (target: FindingTarget): Keeper =>
  target.keptBy === 'guardduty' ? guardDuty : securityHub;
