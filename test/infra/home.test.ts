/** The home stack against design §2 and §5: what is there, and what keeps it safe. */
import { describe, expect, test } from 'vitest';
import { config as example } from '../../cordon.config.ts';
import { functionSettings } from '../../src/app/function-settings.ts';
import { metricsNamespace, metricUnits } from '../../src/app/metrics.ts';
import { queueSettings } from '../../src/app/queue-settings.ts';
import { functionNames } from '../../src/aws/rights.ts';
import { stateMachine } from '../../src/execution/state-machine.ts';
import { allOf, configWith, grantsIn, synthesised } from './templates.ts';

const { cordon } = synthesised();
const other = synthesised(
  configWith({
    organization: 'o-exampleorg1',
    customerKey: true,
    frontDoor: 'function-url',
    reserveConcurrency: false,
    evidenceLock: 'GOVERNANCE',
    evidenceDays: 30,
    pagerEmails: ['oncall@example.com'],
    pagerPhones: ['+15555550100'],
    pagerWebhooks: ['https://pager.example.com/hook'],
    permissionsBoundary: 'arn:aws:iam::999988887777:policy/boundary',
  }),
).cordon;

const byName = (type: string, key: string, name: string) =>
  allOf(cordon, type).find((properties) => properties[key] === name);

describe.each(functionNames)('the function %s', (name) => {
  const found = byName('Lambda::Function', 'FunctionName', `cordon-${name}`);

  test('runs as set, traced, on Node 24 and arm64, and keeps its own log for as long as set', () => {
    const { memoryMb, timeoutSeconds, reservedConcurrency } = functionSettings[name];
    expect(found).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: memoryMb,
      Timeout: timeoutSeconds,
      ReservedConcurrentExecutions: reservedConcurrency,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: `/aws/lambda/cordon-${name}` },
      Code: { S3Bucket: 'CodeBucket' },
    });
    expect(byName('Logs::LogGroup', 'LogGroupName', `/aws/lambda/cordon-${name}`)).toMatchObject({
      RetentionInDays: 90,
    });
  });

  test('is told where everything is, and no secret', () => {
    expect(found?.['Environment']).toEqual({
      Variables: {
        CORDON_CASES_TABLE: 'cordon-cases',
        CORDON_REQUESTS_TABLE: 'cordon-requests',
        CORDON_PASSKEYS_TABLE: 'cordon-passkeys',
        CORDON_STEP_UP_URL: 'cordon-step-up.ApiEndpoint/step-up',
        CORDON_INGEST_QUEUE_URL: 'cordon-ingest',
        CORDON_JOBS_QUEUE_URL: 'cordon-jobs.fifo',
        CORDON_WORK_QUEUE_URL: 'cordon-work',
        CORDON_NOTIFY_QUEUE_URL: 'cordon-notify',
        CORDON_STATE_MACHINE_ARN:
          'arn:<Partition>:states:eu-west-1:999988887777:stateMachine:cordon-execution',
        CORDON_EVIDENCE_BUCKET: 'cordon-evidence-999988887777-eu-west-1',
        CORDON_PAGER_TOPIC_ARN: 'cordon-pager',
        CORDON_SLACK_SECRET_ID: 'cordon-slack',
        CORDON_EXTERNAL_ID: 'ExternalId',
      },
    });
  });
});

test('while every account is only observed, the deployment has no right on any response role', () => {
  const accounts = Object.fromEntries(
    Object.entries(example.accounts).map(([id, one]) => [id, { ...one, response: false }]),
  );
  const observing = synthesised({ ...example, accounts });
  const text = JSON.stringify(observing);
  expect(text).not.toContain('role/cordon-respond');
  expect(text).toContain('role/cordon-read');
});

test('web has the memory that its cold start was measured with', () => {
  expect(functionSettings.web.memoryMb).toBe(1024);
});

describe.each(Object.entries(queueSettings))('the queue %s', (name, settings) => {
  const suffix = name === 'jobs' ? '.fifo' : '';
  const queue = byName('SQS::Queue', 'QueueName', `cordon-${name}${suffix}`);

  test('hides a message for as long as its function may run, and gives up after its tries', () => {
    expect(queue).toMatchObject({
      VisibilityTimeout: settings.visibilitySeconds,
      SqsManagedSseEnabled: true,
      RedrivePolicy: {
        deadLetterTargetArn: `cordon-${name}-dead${suffix}.Arn`,
        maxReceiveCount: settings.tries,
      },
    });
    const reader = { ingest: 'ingest', notify: 'notify', jobs: 'worker', work: 'worker' } as const;
    const { timeoutSeconds } = functionSettings[reader[name as keyof typeof reader]];
    expect(settings.visibilitySeconds).toBeGreaterThanOrEqual(timeoutSeconds);
  });

  test('is taken from in the batches that are set, and failures come back one by one', () => {
    const mapping = byName(
      'Lambda::EventSourceMapping',
      'EventSourceArn',
      `cordon-${name}${suffix}.Arn`,
    );
    expect(mapping).toMatchObject({
      BatchSize: settings.batchSize,
      ScalingConfig: { MaximumConcurrency: settings.maximumConcurrency },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(mapping?.['MaximumBatchingWindowInSeconds'] ?? 0).toBe(settings.windowSeconds);
  });

  test('pages by itself when it stands still, grows or gives up', () => {
    for (const what of ['age', 'depth', 'dead'])
      expect(
        byName('CloudWatch::Alarm', 'AlarmName', `cordon-queue-${name}-${what}`),
      ).toMatchObject({
        AlarmActions: ['cordon-pager'],
        AlarmDescription: expect.stringContaining('docs/operate.md'),
      });
  });
});

test('jobs keeps the order of one person, and a request once', () => {
  expect(byName('SQS::Queue', 'QueueName', 'cordon-jobs.fifo')).toMatchObject({
    FifoQueue: true,
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  });
});

test('every queue refuses what does not come over TLS, and takes only from Cordon’s rules', () => {
  const policies = allOf(cordon, 'SQS::QueuePolicy').map(({ PolicyDocument }) =>
    grantsIn(PolicyDocument),
  );
  expect(policies).toHaveLength(allOf(cordon, 'SQS::Queue').length);
  for (const grants of policies) {
    expect(grants).toContainEqual(
      expect.objectContaining({
        effect: 'Deny',
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    for (const { condition } of grants.filter(({ effect }) => effect === 'Allow'))
      expect(condition).toEqual({ ArnEquals: { 'aws:SourceArn': expect.anything() } });
  }
});

describe.each(['cases', 'requests'])('the table %s', (name) => {
  test('can be restored to any second, is not deleted by mistake, and loses only rubbish by itself', () => {
    const table = byName('DynamoDB::Table', 'TableName', `cordon-${name}`);
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
    expect(table?.['GlobalSecondaryIndexes']).toHaveLength(4);
  });
});

describe('the evidence bucket', () => {
  const [bucket] = allOf(cordon, 'S3::Bucket');
  const [policy] = allOf(cordon, 'S3::BucketPolicy');
  const grants = grantsIn(policy?.['PolicyDocument']);

  test('is locked for a year, versioned, encrypted and public to nobody', () => {
    expect(bucket).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } },
      },
      VersioningConfiguration: { Status: 'Enabled' },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
  });

  test('everybody is denied deleting, overwriting and plain HTTP', () => {
    const denied = grants.filter(({ effect }) => effect === 'Deny');
    expect(denied.map(({ sid, actions, condition }) => [sid, actions, condition])).toEqual(
      expect.arrayContaining([
        [
          'NobodyDeletes',
          ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'],
          undefined,
        ],
        [
          'NobodyOverwrites',
          ['s3:PutObject'],
          {
            Null: { 's3:if-none-match': 'true' },
            Bool: { 's3:ObjectCreationOperation': 'true' },
          },
        ],
        ['', ['s3:*'], { Bool: { 'aws:SecureTransport': 'false' } }],
      ]),
    );
    expect(grants.map(({ principal }) => principal)).toEqual(grants.map(() => ({ AWS: '*' })));
    expect(grants.filter(({ effect }) => effect === 'Allow')).toEqual([]);
  });
});

test('the state machine is the one that the local runner follows, logged and traced', () => {
  const [machine] = allOf(cordon, 'StepFunctions::StateMachine');
  expect(machine).toMatchObject({
    StateMachineName: 'cordon-execution',
    StateMachineType: 'STANDARD',
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: { Level: 'ALL' },
    DefinitionSubstitutions: { executor: 'cordon-executor.Arn', work: 'cordon-work' },
  });
  expect(JSON.parse(String(machine?.['DefinitionString']))).toEqual(
    JSON.parse(JSON.stringify(stateMachine({ executor: `\${executor}`, work: `\${work}` }))),
  );
});

describe('what Slack calls', () => {
  test('is one route, beside those of the step-up page, throttled, in logs without body and header', () => {
    expect(allOf(cordon, 'ApiGatewayV2::Route').map(({ RouteKey }) => RouteKey)).toEqual([
      ...['GET /step-up', 'POST /step-up/begin', 'POST /step-up/finish'],
      'POST /slack/events',
    ]);
    const stages = allOf(cordon, 'ApiGatewayV2::Stage');
    expect(stages).toHaveLength(2);
    for (const stage of stages) {
      expect(stage).toMatchObject({
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      });
      const log = stage['AccessLogSettings'] as { readonly Format: string } | undefined;
      expect(Object.keys(JSON.parse(log?.Format ?? '{}'))).toEqual([
        ...['requestId', 'time', 'ip', 'route', 'status', 'length', 'latency'],
      ]);
    }
  });

  test('may be the function’s own address, with both permissions that AWS asks for', () => {
    expect(allOf(other, 'ApiGatewayV2::Api').map(({ Name }) => Name)).toEqual(['cordon-step-up']);
    expect(allOf(other, 'Lambda::Url')).toEqual([expect.objectContaining({ AuthType: 'NONE' })]);
    const actions = allOf(other, 'Lambda::Permission')
      .filter(({ Principal }) => Principal === '*')
      .map(({ Action }) => Action);
    expect(actions.sort()).toEqual(['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl']);
  });
});

describe('the security bus', () => {
  test('takes only from rules of Cordon in the organisation; without one, from its own account alone', () => {
    expect(allOf(cordon, 'Events::EventBusPolicy')).toEqual([]);
    expect(allOf(other, 'Events::EventBusPolicy')).toEqual([
      expect.objectContaining({
        Statement: expect.objectContaining({
          Action: 'events:PutEvents',
          Condition: {
            StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' },
            ArnLike: { 'aws:SourceArn': 'arn:<Partition>:events:*:*:rule/cordon-forward-*' },
          },
        }),
      }),
    ]);
  });

  test('keeps an archive to replay from, and sends what AWS itself sent to ingest', () => {
    expect(allOf(cordon, 'Events::Archive')).toEqual([
      expect.objectContaining({
        RetentionDays: 30,
        EventPattern: { source: [{ prefix: 'aws.' }] },
      }),
    ]);
    expect(byName('Events::Rule', 'Name', 'cordon-to-ingest')).toMatchObject({
      EventPattern: { source: [{ prefix: 'aws.' }] },
      Targets: [{ Arn: 'cordon-ingest.Arn', DeadLetterConfig: { Arn: 'cordon-events-dead.Arn' } }],
    });
  });
});

test('tick is called once a minute; what could not be called is kept and pages', () => {
  expect(byName('Scheduler::Schedule', 'Name', 'cordon-minute')).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Target: {
      Arn: 'cordon-tick.Arn',
      DeadLetterConfig: { Arn: 'cordon-schedules-dead.Arn' },
      RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 2 },
    },
  });
});

test('the digest has a schedule of its own, at its time where its readers live', () => {
  expect(byName('Scheduler::Schedule', 'Name', 'cordon-digest')).toMatchObject({
    ScheduleExpression: 'cron(0 9 * * ? *)',
    ScheduleExpressionTimezone: example.digest.timeZone,
    Target: { Arn: 'cordon-tick.Arn', DeadLetterConfig: { Arn: 'cordon-schedules-dead.Arn' } },
  });
});

describe('alarms', () => {
  test('all page, and a missing heartbeat is one', () => {
    const alarms = allOf(cordon, 'CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(20);
    for (const alarm of alarms) expect(alarm['AlarmActions']).toEqual(['cordon-pager']);
    expect(byName('CloudWatch::Alarm', 'AlarmName', 'cordon-heartbeat')).toMatchObject({
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Namespace: 'Cordon',
      MetricName: 'Heartbeat',
    });
  });

  /** Each with what it watches and when it sounds. */
  test.each([
    ['intake-lag', { Namespace: 'Cordon', MetricName: 'IntakeSeconds' }, 120],
    ['audit-breaks', { Namespace: 'Cordon', MetricName: 'AuditBreaks' }, 1],
    ['cards-failed', { Namespace: 'Cordon', MetricName: 'CardsFailed' }, 1],
    ['execution-failed', { Namespace: 'AWS/States', MetricName: 'ExecutionsFailed' }, 1],
    ['function-executor-errors', { Namespace: 'AWS/Lambda', MetricName: 'Errors' }, 1],
    ['web-slow', { Namespace: 'AWS/Lambda', MetricName: 'Duration' }, 2500],
    ['web-throttled', { Namespace: 'AWS/Lambda', MetricName: 'Throttles' }, 1],
    ['events-dead', { MetricName: 'ApproximateNumberOfMessagesVisible' }, 1],
    ['schedules-dead', { MetricName: 'ApproximateNumberOfMessagesVisible' }, 1],
  ])('%s sounds from its threshold on', (name, metric, Threshold) => {
    expect(byName('CloudWatch::Alarm', 'AlarmName', `cordon-${name}`)).toMatchObject({
      ...metric,
      Threshold,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      AlarmActions: ['cordon-pager'],
    });
  });

  test('alarms and dashboard know the metrics that the functions measure, all of them and no other', () => {
    const alarms = allOf(cordon, 'CloudWatch::Alarm').flatMap(({ Namespace, MetricName }) =>
      Namespace === metricsNamespace ? [String(MetricName)] : [],
    );
    const [{ DashboardBody } = { DashboardBody: '' }] = allOf(cordon, 'CloudWatch::Dashboard');
    const drawn = [...String(DashboardBody).matchAll(/\["Cordon","(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(alarms.toSorted()).toEqual(['AuditBreaks', 'CardsFailed', 'Heartbeat', 'IntakeSeconds']);
    expect(drawn.toSorted()).toEqual(Object.keys(metricUnits).toSorted());
  });
});

describe('with the other choices', () => {
  test('the owner’s key encrypts tables, queues, topic, secret and bucket', () => {
    const key = expect.stringMatching(/^Key\w+\.Arn$/);
    for (const queue of allOf(other, 'SQS::Queue'))
      expect(queue).toMatchObject({ KmsMasterKeyId: key });
    for (const table of allOf(other, 'DynamoDB::Table'))
      expect(table).toMatchObject({ SSESpecification: { KMSMasterKeyId: key, SSEType: 'KMS' } });
    expect(allOf(other, 'SNS::Topic')).toEqual([expect.objectContaining({ KmsMasterKeyId: key })]);
    expect(allOf(other, 'SecretsManager::Secret')).toEqual([
      expect.objectContaining({ KmsKeyId: key }),
    ]);
    expect(allOf(other, 'KMS::Key')).toEqual([
      expect.objectContaining({ EnableKeyRotation: true }),
    ]);
  });

  test('mail, phone and webhook are subscribed, every role is bounded, no concurrency is kept', () => {
    expect(allOf(other, 'SNS::Subscription').map(({ Protocol }) => Protocol)).toEqual([
      'email',
      'sms',
      'https',
    ]);
    for (const role of allOf(other, 'IAM::Role'))
      expect(role).toMatchObject({
        PermissionsBoundary: 'arn:aws:iam::999988887777:policy/boundary',
      });
    for (const one of allOf(other, 'Lambda::Function'))
      expect(one).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(allOf(other, 'S3::Bucket')).toEqual([
      expect.objectContaining({
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
        },
      }),
    ]);
  });
});
