/** Which ARNs Cordon's own resources have in this deployment, for the functions' roles. */

import type { Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { MemberRole } from '../src/actions/action.ts';
import { memberRolePath } from '../src/actions/role-names.ts';
import { named } from '../src/app/names.ts';
import type { CordonConfig } from '../src/config/config.ts';
import { responds } from '../src/config/responds.ts';
import { indexNames } from '../src/store/item.ts';
import type { Target, Targets } from './function-role.ts';
import { arnOf } from './names.ts';
import type { Queues } from './queues.ts';
import type { Tables } from './tables.ts';

const responseRoles = [
  'respond',
  'respond-identity',
  'respond-findings',
  'respond-organization',
] as const satisfies readonly MemberRole[];

/**
 * With an organisation: every account of it, so that a new one needs no deployment. Without: the
 * configured accounts, the response roles only where `response` is on.
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid
 */
const memberRoles = (
  { partition }: Stack,
  { accounts, units, deployment, roleNames }: CordonConfig,
  roles: readonly MemberRole[],
): Target => {
  const arn = (account: string, role: MemberRole): string =>
    `arn:${partition}:iam::${account}:role/${memberRolePath(role, roleNames)}`;
  const answering = Object.keys(accounts).filter(
    (id) => roles.includes('read') || responds({ units }, accounts[id] ?? {}),
  );
  return deployment.organization
    ? {
        arns: roles.map((role) => arn('*', role)),
        conditions: { StringEquals: { 'aws:ResourceOrgID': deployment.organization } },
      }
    : { arns: answering.flatMap((account) => roles.map((role) => arn(account, role))) };
};

const table = ({ tableArn }: Table): Target => ({
  arns: [tableArn, ...indexNames.map((index) => `${tableArn}/index/${index}`)],
});

export const executionName = named('execution');

export interface Own {
  readonly stack: Stack;
  readonly config: CordonConfig;
  readonly tables: Tables;
  readonly queues: Queues;
  readonly evidence: Bucket;
  readonly pager: ITopic;
  readonly secret: Secret;
}

export const targetsOf = ({ stack, config, ...own }: Own): Targets => {
  const { ingest, jobs, work, notify } = own.queues.byName;
  return {
    cases: table(own.tables.cases),
    requests: table(own.tables.requests),
    passkeys: table(own.tables.passkeys),
    ingest: { arns: [ingest.queueArn] },
    jobs: { arns: [jobs.queueArn] },
    work: { arns: [work.queueArn] },
    notify: { arns: [notify.queueArn] },
    // By name: the machine calls the executor, so it is made after the roles.
    execution: { arns: [arnOf(stack, 'states', `stateMachine:${executionName}`)] },
    runs: { arns: [arnOf(stack, 'states', `execution:${executionName}:*`)] },
    evidence: { arns: [own.evidence.bucketArn, own.evidence.arnForObjects('*')] },
    pager: { arns: [own.pager.topicArn] },
    slack: { arns: [own.secret.secretArn] },
    'read roles': memberRoles(stack, config, ['read']),
    'response roles': memberRoles(stack, config, responseRoles),
  };
};
