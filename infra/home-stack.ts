/** Everything that runs, in the security account's home region (design §2). */

import { CfnOutput, CfnParameter, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { deploymentVariables } from '../src/app/deployment.ts';
import { named } from '../src/app/names.ts';
import type { FunctionName } from '../src/aws/rights.ts';
import type { CordonConfig } from '../src/config/config.ts';
import { eventPatterns } from '../src/rules/event-patterns.ts';
import { addAlarms } from './alarms.ts';
import { addDashboard } from './dashboard.ts';
import { customerKey } from './encryption.ts';
import { Evidence } from './evidence.ts';
import { Execution } from './execution.ts';
import { Forwarding } from './forwarding.ts';
import { FrontDoor } from './front-door.ts';
import { Functions } from './functions.ts';
import { Pager } from './pager.ts';
import { deadLetters, Queues } from './queues.ts';
import { everyMinute, forDigest, Schedules } from './schedules.ts';
import { SecurityBus } from './security-bus.ts';
import { StepUpDoor } from './step-up-door.ts';
import { Tables } from './tables.ts';
import { type Own, targetsOf } from './targets.ts';

export interface HomeStackProps extends StackProps {
  readonly config: CordonConfig;
  readonly codeOf: (stack: Stack) => (name: FunctionName) => Code;
}

/** The member roles ask for it: docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html */
const externalId = (stack: Stack): string =>
  new CfnParameter(stack, 'ExternalId', {
    description: 'The same as in the member roles: at least 16 random letters and digits',
    allowedPattern: '^[A-Za-z0-9-]{16,64}$',
  }).valueAsString;

const environmentOf = (
  own: Own,
  { externalId, stepUpUrl }: { readonly externalId: string; readonly stepUpUrl: string },
): Readonly<Record<string, string>> => {
  const { ingest, work, jobs, notify } = own.queues.byName;
  const [stateMachine = ''] = targetsOf(own).execution.arns;
  return deploymentVariables({
    casesTable: own.tables.cases.tableName,
    requestsTable: own.tables.requests.tableName,
    passkeysTable: own.tables.passkeys.tableName,
    ingestQueue: ingest.queueUrl,
    jobsQueue: jobs.queueUrl,
    workQueue: work.queueUrl,
    notifyQueue: notify.queueUrl,
    stateMachine,
    evidenceBucket: own.evidence.bucketName,
    pagerTopic: own.pager.topicArn,
    slackSecret: own.secret.secretArn,
    stepUpUrl,
    externalId,
  });
};

export class HomeStack extends Stack {
  constructor(scope: Construct, id: string, props: HomeStackProps) {
    super(scope, id, {
      description: 'Cordon: security alerts and response from Slack',
      terminationProtection: true,
      ...props,
    });
    const { config } = props;
    const settings = config.deployment;
    if (settings.permissionsBoundary)
      PermissionsBoundary.of(this).apply(
        ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', settings.permissionsBoundary),
      );
    const key = settings.customerKey ? customerKey(this) : undefined;
    const pager = new Pager(this, settings, key);
    const own: Own = {
      stack: this,
      config,
      tables: new Tables(this, key),
      queues: new Queues(this, pager, key),
      evidence: new Evidence(this, settings, key).bucket,
      pager: pager.topic,
      secret: new Secret(this, 'SlackSecret', {
        secretName: named('slack'),
        description:
          'Cordon: JSON with token, signingSecrets (newest first), botId, botUserId. To rotate, see docs/operate.md.',
        removalPolicy: RemovalPolicy.DESTROY,
        ...(key ? { encryptionKey: key } : {}),
      }),
    };
    const stepUp = new StepUpDoor(this, settings);
    const functions = new Functions(this, {
      settings,
      queues: own.queues,
      targets: targetsOf(own),
      key: key?.keyArn,
      environment: environmentOf(own, { externalId: externalId(this), stepUpUrl: stepUp.url }),
      codeOf: props.codeOf(this),
    });
    stepUp.serve(functions.byName['step-up']);
    const { machine } = new Execution(this, {
      executor: functions.byName.executor,
      work: own.queues.byName.work,
      logDays: settings.logDays,
      key: key?.keyArn,
    });
    const bus = this.#intake(config, own, pager);
    new Schedules(this, {
      tick: functions.byName.tick,
      dead: deadLetters(this, 'schedules', {
        pager,
        key,
        says: 'A schedule could not call Cordon. docs/operate.md, "No heartbeat".',
      }),
      key: key?.keyArn,
      schedules: [everyMinute, forDigest(config.digest)],
    });
    addAlarms({ pager, functions, machine });
    addDashboard(this, { pager, queues: own.queues, functions, machine });
    const { url } = new FrontDoor(this, functions.byName.web, settings);
    this.#say({
      SlackRequestUrl: [url, 'Put it into the Slack app manifest'],
      StepUpUrl: [stepUp.url, 'Where approvers confirm with passkeys'],
      SlackSecretArn: [own.secret.secretArn, 'Put the Slack app’s secrets into it'],
      SecurityBusArn: [bus, 'Other regions and accounts forward to it'],
      PagerTopicArn: [own.pager.topicArn, 'Subscribe whatever wakes people'],
      EvidenceBucketName: [own.evidence.bucketName, 'Evidence and the sealed audit record'],
    });
  }

  /** Answers the bus's ARN. */
  #intake(config: CordonConfig, own: Own, pager: Pager): string {
    const dead = deadLetters(this, 'events', {
      pager,
      key: own.queues.byName.ingest.encryptionMasterKey,
      says: 'Events did not reach Cordon’s queue. docs/operate.md, "Dead letters".',
    });
    const { bus } = new SecurityBus(this, { config, ingest: own.queues.byName.ingest, dead });
    new Forwarding(this, { patterns: eventPatterns(config), bus: bus.eventBusArn, dead });
    return bus.eventBusArn;
  }

  #say(outputs: Readonly<Record<string, readonly [string, string]>>): void {
    for (const [name, [value, description]] of Object.entries(outputs))
      new CfnOutput(this, name, { value, description });
  }
}
