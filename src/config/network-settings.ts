/** The part of the configuration that says where the logs of the network are: `evidence.network`. */
import { accountId, accountPattern, region } from './aws-ids.ts';
import { dictionaryOf, optional, type Read, shape, text } from './read.ts';

/** A group of CloudWatch Logs. Its owner tags it `cordon` = `logs`, else it cannot be queried. */
interface LogSettings {
  readonly logGroup: string;
  /** Where it is, when not in the account that it is about. */
  readonly account?: string | undefined;
  /** Where it is, when not in the Region of the case. */
  readonly region?: string | undefined;
}

/** A table of Athena. Its workgroup is tagged `cordon` = `logs`. */
interface TableSettings {
  readonly database: string;
  readonly table: string;
  readonly workgroup: string;
  /** Where it is, when not in the account that it is about. */
  readonly account?: string | undefined;
  /** Where it is, when not in the Region of the case. */
  readonly region?: string | undefined;
}

/** Logs of the network of an account, for evidence. */
export interface NetworkSettings {
  /** VPC Flow Logs in their default format. */
  readonly flowLogs?: LogSettings | undefined;
  /** Query logs of the Route 53 Resolver. */
  readonly resolverLogs?: LogSettings | undefined;
  /** Access logs of application load balancers. */
  readonly loadBalancerLogs?: TableSettings | undefined;
  /** Server access logs of S3. */
  readonly bucketLogs?: TableSettings | undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const logGroup: Read<string> = text(
  /^[\w.\-/#]{1,512}$/,
  'Use the name of a log group, such as /vpc/flow-logs, and no ARN.',
);

const log: Read<LogSettings> = shape<LogSettings>({
  logGroup,
  account: optional<string | undefined>(accountId, undefined),
  region: optional<string | undefined>(region, undefined),
});

/** https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html */
const tableName: Read<string> = text(
  /^[a-z0-9_]{1,255}$/,
  'Use small letters, digits and underscores, as Athena names databases and tables.',
);

const table: Read<TableSettings> = shape<TableSettings>({
  database: tableName,
  table: tableName,
  workgroup: text(/^[\w.-]{1,128}$/, 'Use the name of a workgroup, such as primary.'),
  account: optional<string | undefined>(accountId, undefined),
  region: optional<string | undefined>(region, undefined),
});

const ofAccount: Read<NetworkSettings> = shape<NetworkSettings>({
  flowLogs: optional<LogSettings | undefined>(log, undefined),
  resolverLogs: optional<LogSettings | undefined>(log, undefined),
  loadBalancerLogs: optional<TableSettings | undefined>(table, undefined),
  bucketLogs: optional<TableSettings | undefined>(table, undefined),
});

export const network: Read<Readonly<Record<string, NetworkSettings>>> = optional(
  dictionaryOf(
    new RegExp(`^\\*$|${accountPattern.source}`),
    'Use the twelve digits of an AWS account id, or * for all others.',
    ofAccount,
  ),
  {},
);
