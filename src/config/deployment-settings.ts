/** The part of the configuration that only the deployment in infra/ reads. */
import { defaults } from './defaults.ts';
import { flag, group, listOf, oneOf, optional, type Read, text, whole } from './read.ts';

export interface DeploymentSettings {
  /** Organizations id (`o-…`); without it only the accounts of the configuration are reached. */
  readonly organization: string | undefined;
  /** Whether the stack cordon-baseline is deployed: posture then tells what of it was switched off. */
  readonly baseline: boolean;
  /** What Slack calls: throttled by route, or the function's own address. */
  readonly frontDoor: 'http-api' | 'function-url';
  /** A KMS key of yours for tables, queues, topic, secret and bucket, instead of AWS's own. */
  readonly customerKey: boolean;
  /** ARN of a policy that bounds every role of Cordon's own. */
  readonly permissionsBoundary: string | undefined;
  /** Whether each function keeps a share of the account's concurrency for itself, as its limit. */
  readonly reserveConcurrency: boolean;
  /** Mail addresses, phones (`+` and digits, for SMS) and HTTPS webhooks that the pager topic sends to. */
  readonly pagerEmails: readonly string[];
  readonly pagerPhones: readonly string[];
  readonly pagerWebhooks: readonly string[];
  /** Days that logs are kept: one of CloudWatch's own choices. */
  readonly logDays: number;
  /** Days that the bus keeps events for a replay. */
  readonly archiveDays: number;
  /** Days that nobody can delete what was written into the evidence bucket. */
  readonly evidenceDays: number;
  /** Whether an administrator with a special right can delete it earlier after all. */
  readonly evidenceLock: 'COMPLIANCE' | 'GOVERNANCE';
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const logDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];

const maybe = (pattern: RegExp, remedy: string): Read<string | undefined> =>
  optional<string | undefined>(text(pattern, remedy), undefined);

export const deploymentSettings: Read<DeploymentSettings> = group<DeploymentSettings>({
  /** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
  organization: maybe(/^o-[a-z0-9]{10,32}$/, 'Use the id of your organisation: o- and 10 letters.'),
  baseline: optional(flag, defaults['deployment.baseline'].value),
  frontDoor: optional(oneOf(['http-api', 'function-url']), defaults['deployment.frontDoor'].value),
  customerKey: optional(flag, defaults['deployment.customerKey'].value),
  permissionsBoundary: maybe(
    /^arn:aws[\w-]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/,
    'Use the ARN of an IAM policy.',
  ),
  reserveConcurrency: optional(flag, defaults['deployment.reserveConcurrency'].value),
  pagerEmails: optional(listOf(text(/^[^\s@]+@[^\s@]+$/, 'Use a mail address.')), []),
  /** https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html: E.164 */
  pagerPhones: optional(
    listOf(text(/^\+[1-9]\d{6,14}$/, 'Write the number with + and its country code.')),
    [],
  ),
  pagerWebhooks: optional(listOf(text(/^https:\/\/\S+$/, 'Use an https address.')), []),
  logDays: optional(oneOf([90, ...logDays]), defaults['deployment.logDays'].value),
  archiveDays: optional(whole(1, 365), defaults['deployment.archiveDays'].value),
  evidenceDays: optional(whole(1, 36_500), defaults['deployment.evidenceDays'].value),
  evidenceLock: optional(
    oneOf(['COMPLIANCE', 'GOVERNANCE']),
    defaults['deployment.evidenceLock'].value,
  ),
});
