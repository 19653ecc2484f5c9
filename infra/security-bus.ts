/** The one intake: who may send, what goes on to `ingest`, and an archive to replay from. */
import { Stack } from 'aws-cdk-lib';
import { CfnArchive, CfnEventBusPolicy, CfnRule, EventBus } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { forwardRule, intakeRule, named, securityBus } from '../src/app/names.ts';
import type { CordonConfig } from '../src/config/config.ts';

/** No account can send an event whose source begins so but AWS itself. */
const fromAws = { source: [{ prefix: 'aws.' }] };

export interface SecurityBusProps {
  readonly config: CordonConfig;
  readonly ingest: Queue;
  readonly dead: Queue;
}

export class SecurityBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, { config, ingest, dead }: SecurityBusProps) {
    super(scope, 'SecurityBus');
    const { organization, archiveDays } = config.deployment;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: securityBus,
      description: 'Cordon: findings of all accounts and regions',
    });
    if (organization) this.#admit(organization);
    new CfnArchive(this, 'Archive', {
      archiveName: named('security'),
      description: 'Cordon: to replay after an outage (docs/operate.md)',
      sourceArn: this.bus.eventBusArn,
      eventPattern: fromAws,
      retentionDays: archiveDays,
    });
    // Filtered where they arise: here only what does not come from AWS is kept out.
    const rule = new CfnRule(this, 'ToIngest', {
      name: intakeRule,
      description: 'Cordon: to the queue of the function ingest',
      eventBusName: this.bus.eventBusArn,
      eventPattern: fromAws,
      targets: [{ id: 'ingest', arn: ingest.queueArn, deadLetterConfig: { arn: dead.queueArn } }],
    });
    for (const queue of [ingest, dead])
      queue.addToResourcePolicy(
        new PolicyStatement({
          sid: 'FromBus',
          effect: Effect.ALLOW,
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.attrArn } },
        }),
      );
  }

  /** Rules of Cordon in accounts of the organisation, and nobody else. */
  #admit(organization: string): void {
    const { partition } = Stack.of(this);
    new CfnEventBusPolicy(this, 'Policy', {
      eventBusName: this.bus.eventBusName,
      statementId: 'organisation',
      statement: {
        Sid: 'organisation',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: this.bus.eventBusArn,
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': organization },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:events:*:*:rule/${forwardRule('*')}` },
        },
      },
    });
  }
}
