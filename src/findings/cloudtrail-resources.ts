/**
 * What a call in CloudTrail was about, and who made it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
import { actorsOf } from './actor.ts';
import { parseArn } from './arn.ts';
import type { Actor, Resource } from './finding.ts';
import { accountId, at, ipAddress, leaves, text } from './read.ts';
import { accessKey, resourceNamed, type Where } from './resource.ts';

/** Fields of requests that name a thing, whatever the API; and its type. */
const targets = new Map([
  ['username', 'AWS::IAM::User'],
  ['rolename', 'AWS::IAM::Role'],
  ['bucketname', 'AWS::S3::Bucket'],
  ['groupid', 'AWS::EC2::SecurityGroup'],
  ['instanceid', 'AWS::EC2::Instance'],
  ['imageid', 'AWS::EC2::Image'],
  ['functionname', 'AWS::Lambda::Function'],
  ['dbinstanceidentifier', 'AWS::RDS::DBInstance'],
  ['dbclusteridentifier', 'AWS::RDS::DBCluster'],
  ['dbsnapshotidentifier', 'AWS::RDS::DBSnapshot'],
  ['dbclustersnapshotidentifier', 'AWS::RDS::DBClusterSnapshot'],
  ['snapshotid', 'AWS::EC2::Snapshot'],
  ['flowlogid', 'AWS::EC2::FlowLog'],
  ['keyid', 'AWS::KMS::Key'],
  ['secretid', 'AWS::SecretsManager::Secret'],
  ['repositoryname', 'AWS::ECR::Repository'],
  ['detectorid', 'AWS::GuardDuty::Detector'],
  ['trailname', 'AWS::CloudTrail::Trail'],
  ['eventdatastore', 'AWS::CloudTrail::EventDataStore'],
  ['configurationrecordername', 'AWS::Config::ConfigurationRecorder'],
  ['resolverquerylogconfigid', 'AWS::Route53Resolver::ResolverQueryLoggingConfig'],
  ['analyzername', 'AWS::AccessAnalyzer::Analyzer'],
  ['serialnumber', 'AWS::IAM::MFADevice'],
]);

/** The things named in the request, then the key that was made; an organisation's is the account. */
export const targetsOf = (record: unknown, where: Where): readonly Resource[] => {
  const request = at(record, 'requestParameters');
  const source = text(at(record, 'eventSource'), 128);
  const made = at(record, 'responseElements', 'accessKey');
  const madeKey = text(at(made, 'accessKeyId'), 128);
  const named = leaves(request).flatMap(({ key, text: id }) => {
    const type = targetType(key, source);
    return type ? resourceNamed({ id, type, where }) : [];
  });
  return [
    ...(madeKey
      ? [accessKey(madeKey, { userName: at(made, 'userName'), userType: 'IAMUser' }, where)]
      : []),
    ...named,
    ...(source.startsWith('organizations.')
      ? [
          {
            kind: 'account',
            id: text(at(request, 'accountId'), 20) || where.account,
            ...where,
          } as const,
        ]
      : []),
  ];
};

const targetType = (key: string, eventSource: string): string | undefined => {
  const plain = key.toLowerCase().replaceAll(/[^a-z]/g, '');
  // CloudTrail's own calls say just `name`; EC2 wraps ids of flow logs: {"content": "fl-…"}.
  if (plain === 'name' && eventSource === 'cloudtrail.amazonaws.com')
    return targets.get('trailname');
  if (plain === 'content' && eventSource === 'ec2.amazonaws.com') return targets.get('flowlogid');
  return targets.get(plain);
};

/** The caller: the key first, then the user, or the session with its role; for root, the account. */
export const callerOf = (record: unknown, where: Where): readonly Resource[] => {
  const identity = at(record, 'userIdentity');
  const type = text(at(identity, 'type'), 32);
  const issuer = at(identity, 'sessionContext', 'sessionIssuer');
  const key = text(at(identity, 'accessKeyId'), 128);
  const own = { ...where, account: accountId(at(identity, 'accountId')) || where.account };
  const owner = {
    userName: at(identity, 'userName') ?? at(issuer, 'userName'),
    principalId: at(identity, 'principalId'),
    userType: type,
  };
  return [
    ...(type === 'Root' ? [{ kind: 'account', id: own.account, ...own } as const] : []),
    ...(key ? [accessKey(key, owner, own)] : []),
    ...[at(identity, 'arn'), at(issuer, 'arn')].flatMap((arn) =>
      type !== 'Root' && parseArn(arn) ? resourceNamed({ id: arn, where: own }) : [],
    ),
  ];
};

/** At most one: CloudTrail tells of one caller. */
export const callerActor = (record: unknown): readonly Actor[] => {
  const identity = at(record, 'userIdentity');
  const arn = text(at(identity, 'arn'), 512);
  const name =
    text(at(identity, 'userName'), 256) ||
    arn.split(/[:/]/).slice(-2).join('/') ||
    text(at(record, 'additionalEventData', 'UserName'), 256);
  return actorsOf([
    {
      ip: ipAddress(at(record, 'sourceIPAddress')),
      principal: text(at(identity, 'type')) === 'Root' ? 'root' : name,
      userAgent: text(at(record, 'userAgent'), 512),
    },
  ]);
};
