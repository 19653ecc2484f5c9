/**
 * The simulated Security Hub in its second generation: status of findings in OCSF.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindingsV2.html
 */
import type {
  BatchUpdateFindingsV2CommandInput,
  GetFindingsV2CommandInput,
} from '@aws-sdk/client-securityhub';
import { AwsError } from './aws-error.ts';
import type { HubFinding } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** https://schema.ocsf.io/classes/base_event */
const statuses: Readonly<Record<HubFinding['workflow'], readonly [id: number, name: string]>> = {
  NEW: [1, 'New'],
  NOTIFIED: [2, 'In Progress'],
  SUPPRESSED: [3, 'Suppressed'],
  RESOLVED: [4, 'Resolved'],
};

const workflowOf = (id: number | undefined): HubFinding['workflow'] | undefined =>
  (Object.keys(statuses) as HubFinding['workflow'][]).find((each) => statuses[each][0] === id);

const fieldOf: Readonly<Record<string, (finding: HubFinding) => string>> = {
  'finding_info.uid': ({ id }) => id,
  'metadata.product.uid': ({ productArn }) => productArn,
  'cloud.account.uid': ({ account }) => account,
};

const describe = (finding: HubFinding): object => ({
  metadata: { product: { uid: finding.productArn } },
  cloud: { account: { uid: finding.account }, region: finding.region },
  finding_info: { uid: finding.id, title: finding.title, types: [finding.type] },
  status_id: statuses[finding.workflow][0],
  status: statuses[finding.workflow][1],
});

const fits = (finding: HubFinding, { Filters }: GetFindingsV2CommandInput): boolean =>
  (Filters?.CompositeFilters ?? []).every(({ StringFilters = [] }) =>
    StringFilters.every(({ FieldName = '', Filter }) => {
      const field = fieldOf[FieldName];
      if (!field)
        throw new AwsError(
          'NotImplementedBySimulator',
          `The simulated Security Hub does not know the field ${FieldName}: add it in src/local/world/securityhub-v2.ts`,
          501,
        );
      return field(finding) === Filter?.Value;
    }),
  );

export const securityHubV2Handlers = {
  GetFindingsV2(input: GetFindingsV2CommandInput, { partition }: Call) {
    const found = [...partition.hubFindings.values()].filter((finding) => fits(finding, input));
    return { Findings: found.map(describe) };
  },

  BatchUpdateFindingsV2(input: BatchUpdateFindingsV2CommandInput, { partition }: Call) {
    const workflow = workflowOf(input.StatusId);
    if (input.StatusId !== undefined && !workflow)
      throw new AwsError('ValidationException', `Invalid StatusId ${input.StatusId}`);
    const asked = (input.FindingIdentifiers ?? []).map((FindingIdentifier) => {
      const finding = partition.hubFindings.get(FindingIdentifier.FindingInfoUid ?? '');
      const known =
        finding?.productArn === FindingIdentifier.MetadataProductUid &&
        finding?.account === FindingIdentifier.CloudAccountUid;
      return { FindingIdentifier, finding: known ? finding : undefined };
    });
    for (const { finding } of asked) if (finding && workflow) finding.workflow = workflow;
    return {
      ProcessedFindings: asked.flatMap(({ finding, FindingIdentifier }) =>
        finding ? [{ FindingIdentifier }] : [],
      ),
      UnprocessedFindings: asked.flatMap(({ finding, FindingIdentifier }) =>
        finding
          ? []
          : [
              {
                FindingIdentifier,
                ErrorCode: 'ResourceNotFoundException',
                ErrorMessage: 'The finding was not found',
              },
            ],
      ),
    };
  },
} satisfies Handlers;
