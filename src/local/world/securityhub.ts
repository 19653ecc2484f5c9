/** The simulated Security Hub CSPM: the workflow of findings in the administrator account. */
import type {
  BatchUpdateFindingsCommandInput,
  GetFindingsCommandInput,
  StringFilter,
} from '@aws-sdk/client-securityhub';
import { AwsError } from './aws-error.ts';
import { controlFindings } from './posture-hub.ts';
import type { HubFinding } from './state.ts';
import type { Call, Handlers } from './world.ts';

const knownFilters = ['Id', 'ProductArn'];

const equalsOne = (filters: readonly StringFilter[] | undefined, value: string): boolean =>
  !filters || filters.some((each) => each.Comparison === 'EQUALS' && each.Value === value);

const describe = (finding: HubFinding): object => ({
  SchemaVersion: '2018-10-08',
  Id: finding.id,
  ProductArn: finding.productArn,
  AwsAccountId: finding.account,
  Region: finding.region,
  Types: [finding.type],
  Title: finding.title,
  Workflow: { Status: finding.workflow },
});

export const securityHubHandlers = {
  GetFindings(input: GetFindingsCommandInput, { partition }: Call) {
    const { Filters = {} } = input;
    if (Filters.ComplianceStatus) return controlFindings(input, partition);
    const unknown = Object.keys(Filters).find((name) => !knownFilters.includes(name));
    if (unknown)
      throw new AwsError(
        'NotImplementedBySimulator',
        `The simulated Security Hub does not know the filter ${unknown}: add it in src/local/world/securityhub.ts`,
        501,
      );
    const found = [...partition.hubFindings.values()].filter(
      (finding) =>
        equalsOne(Filters.Id, finding.id) && equalsOne(Filters.ProductArn, finding.productArn),
    );
    return { Findings: found.map(describe) };
  },

  BatchUpdateFindings(input: BatchUpdateFindingsCommandInput, { partition }: Call) {
    const asked = (input.FindingIdentifiers ?? []).map((identifier) => {
      const finding = partition.hubFindings.get(identifier.Id ?? '');
      return {
        identifier,
        finding: finding?.productArn === identifier.ProductArn ? finding : undefined,
      };
    });
    const status = input.Workflow?.Status;
    for (const { finding } of asked) if (finding && status) finding.workflow = status;
    return {
      ProcessedFindings: asked.flatMap((each) => (each.finding ? [each.identifier] : [])),
      UnprocessedFindings: asked.flatMap((each) =>
        each.finding
          ? []
          : [
              {
                FindingIdentifier: each.identifier,
                ErrorCode: 'FindingNotFound',
                ErrorMessage: 'Finding Not Found',
              },
            ],
      ),
    };
  },
} satisfies Handlers;
