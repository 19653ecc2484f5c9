/** `evidence.network`: where the logs of the network are. */
import { accountId, accountPattern, region } from './aws-ids.ts';
import type { LogSettings, NetworkSettings, TableSettings } from './config.ts';
import { dictionaryOf, optional, type Read, shape, text } from './read.ts';

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
