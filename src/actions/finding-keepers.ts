/**
 * Where a finding is kept and how its visibility there is read and changed. Used in the
 * administrator account: members cannot archive.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ArchiveFindings.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 */
import type { OcsfStringField, WorkflowStatus } from '@aws-sdk/client-securityhub';
import type { ResourceOf } from '../findings/finding.ts';
import type { Json } from './action.ts';
import type { Aws } from './aws.ts';

export type FindingTarget = ResourceOf<'finding'>;

/** How one service keeps a finding's visibility. */
export interface Keeper {
  /** The value that suppresses. */
  readonly suppressed: string;
  /** The value that says that people have dealt with it. */
  readonly resolved: string;
  readonly label: string;
  /** Resolves where the finding is kept in the administrator account; undefined: nowhere there. */
  locate(target: FindingTarget, aws: Aws): Promise<FindingTarget | undefined>;
  /** Undefined when the service does not have the finding. */
  read(target: FindingTarget, aws: Aws): Promise<string | undefined>;
  write(target: FindingTarget, value: Json, aws: Aws): Promise<void>;
}

/** The administrator's detector in the finding's Region; undefined where GuardDuty is off. */
export const locateDetector = async (
  target: FindingTarget,
  aws: Aws,
): Promise<FindingTarget | undefined> => {
  const { DetectorIds } = await aws.call('guardduty:ListDetectors', {});
  const keeper = DetectorIds?.[0];
  return keeper ? { ...target, keeper } : undefined;
};

const guardDuty: Keeper = {
  suppressed: 'archived',
  resolved: 'archived',
  label: 'GuardDuty',
  /** The finding may name its own account's detector; an account has one a region. */
  locate: locateDetector,
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
  resolved: 'RESOLVED',
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

/** OCSF's `status_id` in the words of the first generation. https://schema.ocsf.io/classes/base_event */
const statusIds = { New: 1, 'In Progress': 2, Suppressed: 3, Resolved: 4 } as const;

const statusWord = (id: unknown): string | undefined =>
  Object.entries(statusIds).find(([, each]) => each === id)?.[0];

/** A finding in OCSF is a document: only its status is looked at. */
const statusIn = (finding: unknown): unknown =>
  typeof finding === 'object' && finding !== null ? Reflect.get(finding, 'status_id') : undefined;

const equals = (FieldName: OcsfStringField, Value: string) => ({
  FieldName,
  Filter: { Value, Comparison: 'EQUALS' as const },
});

const securityHubV2: Keeper = {
  suppressed: 'Suppressed',
  resolved: 'Resolved',
  label: 'Security Hub',
  locate: async (target) => target,
  read: async ({ keeper, key }, aws) => {
    const { Findings } = await aws.call('securityhub:GetFindingsV2', {
      Filters: {
        CompositeFilters: [
          {
            StringFilters: [
              equals('finding_info.uid', key),
              equals('metadata.product.uid', keeper),
            ],
          },
        ],
      },
    });
    return Findings?.[0] ? (statusWord(statusIn(Findings[0])) ?? 'New') : undefined;
  },
  write: async ({ keeper, key, account }, value, aws) => {
    const StatusId = Object.entries(statusIds).find(([word]) => word === value)?.[1];
    if (!StatusId) throw new Error(`A Security Hub status cannot be ${JSON.stringify(value)}`);
    const { UnprocessedFindings } = await aws.call('securityhub:BatchUpdateFindingsV2', {
      FindingIdentifiers: [
        { CloudAccountUid: account, FindingInfoUid: key, MetadataProductUid: keeper },
      ],
      StatusId,
    });
    const failed = UnprocessedFindings?.[0];
    if (failed)
      throw new Error(
        `Security Hub did not update the finding: ${failed.ErrorCode} ${failed.ErrorMessage ?? ''}`,
      );
  },
};

const keepers: Readonly<Record<FindingTarget['keptBy'], Keeper>> = {
  guardduty: guardDuty,
  securityhub: securityHub,
  'securityhub-v2': securityHubV2,
};

export const keeperOf = ({ keptBy }: FindingTarget): Keeper => keepers[keptBy];
