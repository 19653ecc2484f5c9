/** Every question, in the order in which people read the answers. */
import type { Operation } from '../actions/aws.ts';
import type { Question } from './question.ts';
import { accessAnalyzer } from './questions/access-analyzer.ts';
import { bucketEncryption } from './questions/bucket-encryption.ts';
import { cloudTrail } from './questions/cloudtrail.ts';
import { configRecorder } from './questions/config-recorder.ts';
import { containerImages } from './questions/container-images.ts';
import { controlPolicies } from './questions/control-policies.ts';
import { credentials } from './questions/credentials.ts';
import { databaseEncryption } from './questions/database-encryption.ts';
import { ebsEncryption } from './questions/ebs-encryption.ts';
import { guardDutyCoverage } from './questions/guardduty-coverage.ts';
import { guardDutyFindings } from './questions/guardduty-findings.ts';
import { kmsDeletion } from './questions/kms-deletion.ts';
import { networkFirewalls } from './questions/network-firewalls.ts';
import { organizationAccounts } from './questions/organization-accounts.ts';
import { organizationBaseline } from './questions/organization-baseline.ts';
import { permissionsBoundaries } from './questions/permissions-boundaries.ts';
import { publicAccess } from './questions/public-access.ts';
import { rootUser } from './questions/root-user.ts';
import { securityHub } from './questions/security-hub.ts';
import { shield } from './questions/shield.ts';

export const questions: readonly Question[] = [
  organizationAccounts,
  organizationBaseline,
  securityHub,
  guardDutyFindings,
  guardDutyCoverage,
  accessAnalyzer,
  rootUser,
  credentials,
  cloudTrail,
  configRecorder,
  publicAccess,
  ebsEncryption,
  bucketEncryption,
  databaseEncryption,
  kmsDeletion,
  controlPolicies,
  permissionsBoundaries,
  containerImages,
  shield,
  networkFirewalls,
];

/** Drift from a baseline is asked about where there is one. */
export const questionsFor = ({
  deployment,
}: {
  readonly deployment: { readonly baseline: boolean };
}): readonly Question[] =>
  deployment.baseline ? questions : questions.filter((each) => each !== organizationBaseline);

/** What the read role needs for all of them. */
export const postureReads: readonly Operation[] = [
  ...new Set(questions.flatMap(({ reads }) => reads)),
];
