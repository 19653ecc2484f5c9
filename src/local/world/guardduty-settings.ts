/**
 * The simulated GuardDuty: detectors, feedback, and filters that hide what fits them.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateFilter.html
 */
import type {
  CreateFilterCommandInput,
  DeleteFilterCommandInput,
  FindingCriteria,
  GetDetectorCommandInput,
  GetFilterCommandInput,
  Finding as GuardDutyFinding,
  ListFindingsCommandInput,
  UpdateDetectorCommandInput,
  UpdateFindingsFeedbackCommandInput,
} from '@aws-sdk/client-guardduty';
import { AwsError } from './aws-error.ts';
import { badRequest, findDetector } from './guardduty.ts';
import type { GuardDutyFilter } from './service-state.ts';
import type { Detector } from './state.ts';
import type { Call, Handlers } from './world.ts';

const filtersOf = (detector: Detector): Map<string, GuardDutyFilter> => {
  detector.filters ??= new Map();
  return detector.filters;
};

const findFilter = (detector: Detector, name: string | undefined): GuardDutyFilter => {
  const found = filtersOf(detector).get(name ?? '');
  if (!found)
    throw new AwsError(
      'BadRequestException',
      'The request is rejected since no such resource found.',
    );
  return found;
};

/** The fields of a finding that criteria can name here. */
const fields: Readonly<Record<string, (finding: GuardDutyFinding) => string | undefined>> = {
  type: ({ Type }) => Type,
  accountId: ({ AccountId }) => AccountId,
  'service.archived': ({ Service }) => String(Service?.Archived ?? false),
  'resource.instanceDetails.instanceId': ({ Resource }) => Resource?.InstanceDetails?.InstanceId,
  'resource.accessKeyDetails.userName': ({ Resource }) => Resource?.AccessKeyDetails?.UserName,
  'resource.s3BucketDetails.name': ({ Resource }) => Resource?.S3BucketDetails?.[0]?.Name,
  'resource.eksClusterDetails.name': ({ Resource }) => Resource?.EksClusterDetails?.Name,
  'resource.lambdaDetails.functionName': ({ Resource }) => Resource?.LambdaDetails?.FunctionName,
  'resource.rdsDbInstanceDetails.dbInstanceIdentifier': ({ Resource }) =>
    Resource?.RdsDbInstanceDetails?.DbInstanceIdentifier,
};

const valuesOf = (criteria: FindingCriteria | undefined): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(criteria?.Criterion ?? {}).map(([field, condition]) => {
      if (!Object.hasOwn(fields, field))
        throw new AwsError(
          'NotImplementedBySimulator',
          `The simulated GuardDuty does not know the field ${field}: add it in src/local/world/guardduty-settings.ts`,
          501,
        );
      return [field, condition.Equals ?? condition.Eq ?? []];
    }),
  );

const fits = (
  finding: GuardDutyFinding,
  criteria: Readonly<Record<string, readonly string[]>>,
): boolean =>
  Object.entries(criteria).every(([field, values]) =>
    values.includes(fields[field]?.(finding) ?? ''),
  );

export const guardDutySettings = {
  GetDetector(input: GetDetectorCommandInput, { partition }: Call) {
    const { enabled = true, tags = {} } = findDetector(partition, input.DetectorId);
    return {
      Status: enabled ? 'ENABLED' : 'DISABLED',
      ServiceRole: `arn:aws:iam::${partition.account}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
      Features: [],
      Tags: tags,
    };
  },

  UpdateDetector(input: UpdateDetectorCommandInput, { partition }: Call) {
    const detector = findDetector(partition, input.DetectorId);
    if (input.Enable !== undefined) detector.enabled = input.Enable;
    return {};
  },

  ListFindings(input: ListFindingsCommandInput, { partition }: Call) {
    const { findings } = findDetector(partition, input.DetectorId);
    const criteria = valuesOf(input.FindingCriteria);
    return {
      FindingIds: [...findings.values()].flatMap((each) =>
        fits(each, criteria) ? (each.Id ?? []) : [],
      ),
    };
  },

  CreateFilter(input: CreateFilterCommandInput, { partition }: Call) {
    const detector = findDetector(partition, input.DetectorId);
    const { Name = '', Description = '', Action = 'NOOP' } = input;
    if (detector.administrator) throw badRequest('the current account is a member account.');
    if (filtersOf(detector).has(Name))
      throw badRequest('a filter with the given name already exists.');
    const criteria = valuesOf(input.FindingCriteria);
    filtersOf(detector).set(Name, {
      name: Name,
      description: Description,
      action: Action === 'ARCHIVE' ? 'ARCHIVE' : 'NOOP',
      criteria,
    });
    return { Name };
  },

  GetFilter(input: GetFilterCommandInput, { partition }: Call) {
    const found = findFilter(findDetector(partition, input.DetectorId), input.FilterName);
    return {
      Name: found.name,
      Description: found.description,
      Action: found.action,
      Rank: 1,
      FindingCriteria: {
        Criterion: Object.fromEntries(
          Object.entries(found.criteria).map(([field, values]) => [field, { Equals: [...values] }]),
        ),
      },
    };
  },

  DeleteFilter(input: DeleteFilterCommandInput, { partition }: Call) {
    const detector = findDetector(partition, input.DetectorId);
    filtersOf(detector).delete(findFilter(detector, input.FilterName).name);
    return {};
  },

  /** There is no way to take feedback back, only to give the other one. */
  UpdateFindingsFeedback(input: UpdateFindingsFeedbackCommandInput, { partition }: Call) {
    const { findings } = findDetector(partition, input.DetectorId);
    for (const id of input.FindingIds ?? []) {
      const finding = findings.get(id);
      if (finding)
        findings.set(id, {
          ...finding,
          Service: { ...finding.Service, UserFeedback: input.Feedback },
        });
    }
    return {};
  },
} satisfies Handlers;
