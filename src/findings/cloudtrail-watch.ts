/** The calls that Cordon watches in CloudTrail: few, changes only, and each worth a look. */
import {
  always,
  attached,
  inline,
  opens,
  openToWorld,
  policyAt,
  receiversOf,
  shares,
  toEverybody,
  valuesToAdd,
  type Watched,
  weakerBlock,
  when,
} from './cloudtrail-verdicts.ts';
import { makesAdministrator, openedTo, openingBy } from './policy-document.ts';
import { at, flag, text } from './read.ts';

const cloudTrail: Readonly<Record<string, Watched>> = {
  StopLogging: always('HIGH', 'CloudTrail was stopped'),
  DeleteTrail: always('HIGH', 'A CloudTrail trail was deleted'),
  UpdateTrail: always('MEDIUM', 'A CloudTrail trail was changed'),
  PutEventSelectors: always('HIGH', 'What CloudTrail records was changed'),
  DeleteEventDataStore: always('HIGH', 'A CloudTrail Lake event data store was deleted'),
  StopEventDataStoreIngestion: always('HIGH', 'CloudTrail Lake was stopped'),
};

const archives = (request: unknown): boolean => text(at(request, 'action')) === 'ARCHIVE';

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
    CreateFilter: when('HIGH', 'GuardDuty hides findings that fit a new filter', {
      test: archives,
      else: 'The new filter hides no findings',
    }),
    UpdateFilter: {
      worst: 'HIGH',
      judge: (request) => {
        if (archives(request))
          return { severity: 'HIGH', says: 'GuardDuty hides findings that fit a changed filter' };
        // It keeps the action that it has, which may be to hide.
        return at(request, 'action') === undefined
          ? { severity: 'MEDIUM', says: 'A filter of GuardDuty was changed' }
          : { nothing: 'The changed filter hides no findings' };
      },
    },
    CreateIPSet: always('HIGH', 'GuardDuty was given addresses to trust'),
    UpdateIPSet: always('HIGH', 'The addresses that GuardDuty trusts were changed'),
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
    CreatePolicy: when('HIGH', 'A policy that makes administrators was created', {
      test: (request) => makesAdministrator(at(request, 'policyDocument')),
      else: 'The new policy does not make an administrator',
    }),
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

const madePublic = when('HIGH', 'A database can be reached from the internet', {
  test: (request) => flag(at(request, 'publiclyAccessible')),
  else: 'The database is not made public',
});

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
