/**
 * The calls that Cordon watches in CloudTrail: few, changes only, and each worth a look.
 * CloudTrail has no severities; these are ours.
 */
import type { Severity } from './finding.ts';
import { makesAdministrator, type Opening, openedTo, openingBy } from './policy-document.ts';
import { at, flag, leaves, list, text } from './read.ts';

/** What a call means: a severity and what to say, or the reason why it is nothing. */
export type Verdict =
  | { readonly severity: Severity; readonly says: string }
  | { readonly nothing: string };

export interface Watched {
  /** The highest that `judge` can say: for the event patterns. */
  readonly worst: Severity;
  /** `request` is CloudTrail's requestParameters, `own` the account of the event. */
  readonly judge: (request: unknown, own: string) => Verdict;
}

const always = (severity: Severity, says: string): Watched => ({
  worst: severity,
  judge: () => ({ severity, says }),
});

const when = (
  severity: Severity,
  says: string,
  condition: { readonly test: (request: unknown, own: string) => boolean; readonly else: string },
): Watched => ({
  worst: severity,
  judge: (request, own) =>
    condition.test(request, own) ? { severity, says } : { nothing: condition.else },
});

interface Openable {
  /** The subject of the sentence: `Bucket policy`. */
  readonly what: string;
  readonly opening: (request: unknown, own: string) => Opening;
  /** For a change that opens nothing; ignored when there is none. */
  readonly otherwise?: Severity;
}

/** By whom the change lets in: everybody HIGH, another account MEDIUM, everybody under a condition LOW. */
const opens = ({ what, opening, otherwise }: Openable): Watched => ({
  worst: 'HIGH',
  judge: (request, own) => {
    switch (opening(request, own)) {
      case 'public':
        return { severity: 'HIGH', says: `${what} lets everybody in` };
      case 'other-account':
        return { severity: 'MEDIUM', says: `${what} lets another account in` };
      case 'conditional':
        return { severity: 'LOW', says: `${what} lets everybody in who meets a condition` };
      default:
        return otherwise
          ? { severity: otherwise, says: `${what} was changed` }
          : { nothing: `${what} lets in nobody outside this account` };
    }
  },
});

/** Snapshots and images: to share is to give a copy away. `add` is where the request lists the receivers. */
const shares = (what: string, add: (request: unknown) => readonly string[]): Watched => ({
  worst: 'CRITICAL',
  judge: (request, own) => {
    const receivers = add(request);
    if (receivers.includes('all')) return { severity: 'CRITICAL', says: `${what} was made public` };
    return receivers.some((receiver) => receiver !== '' && receiver !== own)
      ? { severity: 'HIGH', says: `${what} was shared with another account` }
      : { nothing: `${what} was shared with nobody outside this account` };
  },
});

const receiversOf =
  (permission: string) =>
  (request: unknown): readonly string[] =>
    list(at(request, permission, 'add', 'items'), 100).flatMap((item) => [
      text(at(item, 'userId'), 64),
      text(at(item, 'group'), 64),
    ]);

const valuesToAdd = (request: unknown): readonly string[] =>
  list(at(request, 'valuesToAdd'), 100).map((value) => text(value, 64));

/** Anywhere in the request, for EC2 has several shapes of it. */
const openToWorld = (request: unknown): boolean =>
  leaves(request).some(
    (leaf) => /^cidr_?ip(v[46])?$/i.test(leaf.key) && /^[0-9a-f:.]+\/0$/i.test(leaf.text),
  );

const administrators = /:policy\/(AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;

const attached = (who: string): Watched =>
  when('HIGH', `${who} was made an administrator`, {
    test: (request) => administrators.test(text(at(request, 'policyArn'), 512)),
    else: 'The policy attached does not make an administrator',
  });

const inline = (who: string): Watched =>
  when('HIGH', `${who} was made an administrator`, {
    test: (request) => makesAdministrator(at(request, 'policyDocument')),
    else: 'The policy written does not make an administrator',
  });

/** All four settings are written at once; what is not `true` lets the public in. */
const weakerBlock = (request: unknown): boolean =>
  leaves(at(request, 'PublicAccessBlockConfiguration')).filter(
    (leaf) => /^(Block|Ignore|Restrict)Public/i.test(leaf.key) && leaf.text === 'true',
  ).length < 4;

const cloudTrail: Readonly<Record<string, Watched>> = {
  StopLogging: always('HIGH', 'CloudTrail was stopped'),
  DeleteTrail: always('HIGH', 'A CloudTrail trail was deleted'),
  UpdateTrail: always('MEDIUM', 'A CloudTrail trail was changed'),
  PutEventSelectors: always('HIGH', 'What CloudTrail records was changed'),
  DeleteEventDataStore: always('HIGH', 'A CloudTrail Lake event data store was deleted'),
  StopEventDataStoreIngestion: always('HIGH', 'CloudTrail Lake was stopped'),
};

const detection: Readonly<Record<string, Readonly<Record<string, Watched>>>> = {
  guardduty: {
    DeleteDetector: always('HIGH', 'GuardDuty was turned off'),
    UpdateDetector: {
      worst: 'HIGH',
      judge: (request) =>
        text(at(request, 'enable')) === 'false' || at(request, 'enable') === false
          ? { severity: 'HIGH', says: 'GuardDuty was suspended' }
          : { severity: 'MEDIUM', says: 'Settings of GuardDuty were changed' },
    },
    DisassociateFromAdministratorAccount: always(
      'HIGH',
      "The account left GuardDuty's administrator",
    ),
    DisassociateFromMasterAccount: always('HIGH', "The account left GuardDuty's administrator"),
    DeleteMembers: always('HIGH', 'Member accounts were removed from GuardDuty'),
    StopMonitoringMembers: always('HIGH', 'GuardDuty no longer watches member accounts'),
  },
  securityhub: {
    DisableSecurityHub: always('HIGH', 'Security Hub was turned off'),
    DisableSecurityHubV2: always('HIGH', 'Security Hub was turned off'),
  },
  config: {
    DeleteConfigurationRecorder: always('HIGH', 'The recorder of Config was deleted'),
    StopConfigurationRecorder: always('HIGH', 'The recorder of Config was stopped'),
    DeleteDeliveryChannel: always('MEDIUM', 'The delivery channel of Config was deleted'),
  },
  'access-analyzer': {
    DeleteAnalyzer: always('MEDIUM', 'An analyzer of Access Analyzer was deleted'),
  },
  inspector2: { Disable: always('MEDIUM', 'Inspector was turned off') },
  macie2: { DisableMacie: always('MEDIUM', 'Macie was turned off') },
  route53resolver: {
    DeleteResolverQueryLogConfig: always('HIGH', 'The log of DNS queries was deleted'),
    DisassociateResolverQueryLogConfig: always('MEDIUM', 'DNS queries are no longer logged'),
  },
};

const identity: Readonly<Record<string, Readonly<Record<string, Watched>>>> = {
  iam: {
    CreateUser: always('MEDIUM', 'An IAM user was created'),
    CreateAccessKey: always('MEDIUM', 'An access key was created'),
    CreateLoginProfile: always('MEDIUM', 'A user was given a console password'),
    UpdateLoginProfile: always('MEDIUM', "A user's console password was changed"),
    DeactivateMFADevice: always('HIGH', 'An MFA device was deactivated'),
    AttachUserPolicy: attached('A user'),
    AttachRolePolicy: attached('A role'),
    AttachGroupPolicy: attached('A group'),
    PutUserPolicy: inline('A user'),
    PutRolePolicy: inline('A role'),
    PutGroupPolicy: inline('A group'),
    CreatePolicyVersion: when('HIGH', 'A policy now makes administrators', {
      test: (request) =>
        flag(at(request, 'setAsDefault')) && makesAdministrator(at(request, 'policyDocument')),
      else: 'The new version of the policy does not make an administrator',
    }),
    DeleteUserPermissionsBoundary: always('MEDIUM', "The limit of a user's rights was removed"),
    DeleteRolePermissionsBoundary: always('MEDIUM', "The limit of a role's rights was removed"),
    CreateRole: opens({
      what: 'A new role',
      opening: (request, own) => openingBy(at(request, 'assumeRolePolicyDocument'), own),
    }),
    UpdateAssumeRolePolicy: {
      worst: 'HIGH',
      judge: (request, own) =>
        /^(public|other-account)$/.test(openingBy(at(request, 'policyDocument'), own))
          ? { severity: 'HIGH', says: 'A role can be assumed from outside this account' }
          : { severity: 'MEDIUM', says: 'Who may assume a role was changed' },
    },
    CreateSAMLProvider: always('MEDIUM', 'A SAML identity provider was added'),
    UpdateSAMLProvider: always('MEDIUM', 'A SAML identity provider was changed'),
    CreateOpenIDConnectProvider: always('MEDIUM', 'An OIDC identity provider was added'),
  },
  sts: {
    GetFederationToken: always('MEDIUM', 'A session was made that outlives its access key'),
    AssumeRoot: always('HIGH', 'A session of the root user was taken'),
  },
  rolesanywhere: {
    CreateTrustAnchor: always('HIGH', 'A certificate authority may now hand out roles'),
    CreateProfile: always('MEDIUM', 'Roles were offered to holders of certificates'),
  },
  organizations: {
    LeaveOrganization: always('CRITICAL', 'The account leaves the organisation'),
    RemoveAccountFromOrganization: always('CRITICAL', 'An account was put out of the organisation'),
    CloseAccount: always('CRITICAL', 'An account was closed'),
    DetachPolicy: always('HIGH', 'A policy of the organisation was detached'),
    DeletePolicy: always('MEDIUM', 'A policy of the organisation was deleted'),
    DisablePolicyType: always('HIGH', 'Policies of the organisation were turned off'),
  },
};

const toEverybody = (request: unknown): boolean =>
  leaves(request).some((leaf) => /groups\/global\/(AllUsers|AuthenticatedUsers)/.test(leaf.text)) ||
  /public-read|authenticated-read/.test(
    text(at(request, 'x-amz-acl', 0) ?? at(request, 'x-amz-acl')),
  );

const madePublic = when('HIGH', 'A database can be reached from the internet', {
  test: (request) => flag(at(request, 'publiclyAccessible')),
  else: 'The database is not made public',
});

const policyAt = (what: string, field: string): Watched =>
  opens({ what, opening: (request, own) => openingBy(at(request, field), own) });

const network: Readonly<Record<string, Watched>> = {
  AuthorizeSecurityGroupIngress: when('HIGH', 'A security group was opened to the world', {
    test: openToWorld,
    else: 'The new rule is not open to the world',
  }),
  ModifySecurityGroupRules: when('HIGH', 'A security group was opened to the world', {
    test: openToWorld,
    else: 'No changed rule is open to the world',
  }),
  DeleteFlowLogs: always('HIGH', 'Flow logs were deleted'),
  ModifySnapshotAttribute: shares('A snapshot', receiversOf('createVolumePermission')),
  ModifyImageAttribute: shares('An image', receiversOf('launchPermission')),
  DisableSnapshotBlockPublicAccess: always('HIGH', 'Snapshots may be made public again'),
  DisableImageBlockPublicAccess: always('HIGH', 'Images may be made public again'),
  DisableEbsEncryptionByDefault: always('MEDIUM', 'New volumes are no longer encrypted'),
  ModifyInstanceAttribute: when('MEDIUM', 'What a server runs at start was changed', {
    test: (request) => at(request, 'userData') !== undefined,
    else: 'Not the user data of the server',
  }),
  EnableSerialConsoleAccess: always('MEDIUM', 'Serial consoles of servers were opened'),
};

const data: Readonly<Record<string, Readonly<Record<string, Watched>>>> = {
  s3: {
    PutBucketPolicy: opens({
      what: 'A bucket policy',
      opening: (request, own) => openingBy(at(request, 'bucketPolicy'), own),
      otherwise: 'LOW',
    }),
    PutBucketAcl: when('HIGH', "A bucket's access list lets everybody in", {
      test: toEverybody,
      else: 'The access list lets in nobody in general',
    }),
    DeleteBucketPublicAccessBlock: always('HIGH', 'A bucket lost its block of public access'),
    DeletePublicAccessBlock: always('HIGH', 'A block of public access was removed'),
    DeleteAccountPublicAccessBlock: always(
      'HIGH',
      "The account's block of public access was removed",
    ),
    PutBucketPublicAccessBlock: when('HIGH', "A bucket's block of public access was weakened", {
      test: weakerBlock,
      else: 'Public access is blocked in full',
    }),
    PutAccountPublicAccessBlock: when('HIGH', "The account's block of public access was weakened", {
      test: weakerBlock,
      else: 'Public access is blocked in full',
    }),
  },
  kms: {
    ScheduleKeyDeletion: always('HIGH', 'An encryption key is going to be deleted'),
    DisableKey: always('HIGH', 'An encryption key was disabled'),
    PutKeyPolicy: policyAt('A key policy', 'policy'),
  },
  secretsmanager: { PutResourcePolicy: policyAt("A secret's policy", 'resourcePolicy') },
  ecr: { SetRepositoryPolicy: policyAt('A repository policy', 'policyText') },
  rds: {
    ModifyDBSnapshotAttribute: shares('A database snapshot', valuesToAdd),
    ModifyDBClusterSnapshotAttribute: shares('A database snapshot', valuesToAdd),
    CreateDBInstance: madePublic,
    ModifyDBInstance: madePublic,
  },
  lambda: {
    AddPermission: opens({
      what: 'A function',
      opening: (request, own) => openedTo(text(at(request, 'principal'), 1_024), own),
    }),
    CreateFunctionUrlConfig: when('HIGH', 'A function can be called by everybody', {
      test: (request) => text(at(request, 'authType')) === 'NONE',
      else: "The function's address asks for credentials",
    }),
    UpdateFunctionUrlConfig: when('HIGH', 'A function can be called by everybody', {
      test: (request) => text(at(request, 'authType')) === 'NONE',
      else: "The function's address asks for credentials",
    }),
  },
  bedrock: {
    DeleteModelInvocationLoggingConfiguration: always(
      'HIGH',
      'Calls of models are no longer logged',
    ),
  },
  'ec2-instance-connect': {
    SendSerialConsoleSSHPublicKey: always('MEDIUM', "A key was sent to a server's serial console"),
  },
};

const byService: Readonly<Record<string, Readonly<Record<string, Watched>>>> = {
  cloudtrail: cloudTrail,
  ec2: network,
  ...detection,
  ...identity,
  ...data,
};

/** Every watched call by `service:EventName`. */
export const watched: ReadonlyMap<string, Watched> = new Map(
  Object.entries(byService).flatMap(([service, calls]) =>
    Object.entries(calls).map(([name, call]) => [`${service}:${name}`, call] as const),
  ),
);

/** Lambda's event names end in the version of its API: `AddPermission20150331v2`. */
const apiVersion = /\d{8}(v\d)?$/;

/** The watched call for CloudTrail's `eventSource` and `eventName`. */
export const watchedCall = (eventSource: string, eventName: string): Watched | undefined =>
  watched.get(
    `${eventSource.replace(/\.amazonaws\.com$/, '')}:${eventName.replace(apiVersion, '')}`,
  );
