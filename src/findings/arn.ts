/**
 * Amazon Resource Names, of any partition (`aws`, `aws-cn`, `aws-us-gov` …).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
import { text } from './read.ts';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** '' for services without Regions (IAM) and for S3. */
  readonly region: string;
  /** Twelve digits, or '' (S3, resources of AWS itself). */
  readonly account: string;
  /** What follows the account, with its slashes and colons: `instance/i-…`. */
  readonly resource: string;
}

const shape = /^arn:(aws[a-z-]{0,20}):([a-z0-9.-]{0,64}):([a-z0-9-]{0,32}):(\d{0,20}|aws):(.*)$/s;

/** The parts of an ARN (read up to 1,024 characters); undefined for anything else. */
export const parseArn = (value: unknown): Arn | undefined => {
  const parts = shape.exec(text(value, 1_024));
  if (!parts) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = parts;
  return { partition, service, region, account: account === 'aws' ? '' : account, resource };
};

/** What follows the last slash or colon: the name or id inside an ARN, or the text itself. */
export const lastPart = (id: string): string => id.split(/[:/]/).findLast(Boolean) ?? '';
