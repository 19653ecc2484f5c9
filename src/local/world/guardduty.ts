/** The simulated GuardDuty: findings are kept, and archived, with the administrator only. */
import type {
  ArchiveFindingsCommandInput,
  GetFindingsCommandInput,
  UnarchiveFindingsCommandInput,
} from '@aws-sdk/client-guardduty';
import { AwsError } from './aws-error.ts';
import type { Detector, Partition } from './state.ts';
import type { Call, Handlers } from './world.ts';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ArchiveFindings.html */
const mostIds = 50;

export const badRequest = (because: string): AwsError =>
  new AwsError('BadRequestException', `The request is rejected because ${because}`);

export const findDetector = ({ detector }: Partition, id: string | undefined): Detector => {
  if (!detector || detector.id !== id)
    throw badRequest('the input detectorId is not owned by the current account.');
  return detector;
};

const archive = (
  partition: Partition,
  input: ArchiveFindingsCommandInput | UnarchiveFindingsCommandInput,
  Archived: boolean,
): object => {
  const detector = findDetector(partition, input.DetectorId);
  if (detector.administrator)
    throw badRequest('the current account is a member account and cannot archive findings.');
  const ids = input.FindingIds ?? [];
  if (ids.length === 0 || ids.length > mostIds)
    throw badRequest('the parameter findingIds has an invalid number of members.');
  for (const id of ids) {
    const finding = detector.findings.get(id);
    if (finding)
      detector.findings.set(id, { ...finding, Service: { ...finding.Service, Archived } });
  }
  return {};
};

export const guardDutyHandlers = {
  ListDetectors(_input: object, { partition: { detector } }: Call) {
    return { DetectorIds: detector ? [detector.id] : [] };
  },

  GetFindings(input: GetFindingsCommandInput, { partition }: Call) {
    const { findings } = findDetector(partition, input.DetectorId);
    return { Findings: (input.FindingIds ?? []).flatMap((id) => findings.get(id) ?? []) };
  },

  ArchiveFindings(input: ArchiveFindingsCommandInput, { partition }: Call) {
    return archive(partition, input, true);
  },

  UnarchiveFindings(input: UnarchiveFindingsCommandInput, { partition }: Call) {
    return archive(partition, input, false);
  },
} satisfies Handlers;
