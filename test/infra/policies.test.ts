/**
 * Every policy of the home stack, wherever it stands: the roles of AWS's own callers, who may take on which
 * role, queues, topic, bucket, bus, key, and who may call a function. What the functions' own roles grant is
 * in rights.test.ts.
 */
import { expect, test } from 'vitest';
import { functionNames } from '../../src/aws/rights.ts';
import { configWith, grantsIn, synthesised, type Template } from './templates.ts';

const { cordon } = synthesised();
const other = synthesised(
  configWith({ organization: 'o-exampleorg1', customerKey: true, frontDoor: 'function-url' }),
).cordon;

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every policy document in a value, with the names of the properties on the way. */
const documentsIn = (value: unknown, at: string): readonly (readonly [string, Data])[] => {
  if (Array.isArray(value)) return value.flatMap((each) => documentsIn(each, at));
  if (!isData(value)) return [];
  if (Array.isArray(value['Statement'])) return [[at, value]];
  // The bus has one statement, as it is.
  if (isData(value['Statement'])) return [[at, { Statement: [value['Statement']] }]];
  return Object.entries(value).flatMap(([name, each]) => documentsIn(each, `${at} ${name}`));
};

const inWords = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const who = (principal: unknown): string =>
  isData(principal) ? Object.values(principal).flat().join(', ') : inWords(principal);

const when = (condition: unknown): string => (condition ? ` if ${inWords(condition)}` : '');

/** `ingest.amazonaws.com may sqs:SendMessage on cordon-ingest.Arn if {…}`, one line a right. */
const allowedBy = (template: Template): readonly string[] =>
  Object.values(template.Resources).flatMap(({ Type, Properties = {} }) => {
    if (Type === 'AWS::Lambda::Permission') {
      const { Principal, Action, FunctionName, ...conditions } = Properties;
      return `${Principal} may ${Action} on ${FunctionName}${when(conditions)}`;
    }
    const role = String(Properties['RoleName'] ?? '');
    return documentsIn(Properties, '').flatMap(([at, document]) =>
      grantsIn(document)
        .filter(({ effect }) => effect !== 'Deny')
        .flatMap(({ actions, resources, principal, condition }) => {
          const subject = principal ? who(principal) : role;
          const on = resources.length > 0 ? resources : [role || at];
          return actions.flatMap((action) =>
            on.map((each) => `${subject} may ${action} on ${each}${when(condition)}`),
          );
        }),
    );
  });

const sourceAccount = 'if {"StringEquals":{"aws:SourceAccount":"999988887777"}}';
const fromRule = 'if {"ArnEquals":{"aws:SourceArn":"cordon-to-ingest.Arn"}}';
const arnOfApi = 'arn:<Partition>:execute-api:eu-west-1:999988887777';

const routeMay = (name: string, api: string, route: string): string =>
  `apigateway.amazonaws.com may lambda:InvokeFunction on cordon-${name}.Arn if {"SourceArn":"${arnOfApi}:cordon-${api}/*/*/${route}"}`;

const stepUpRoutes = ['step-up', 'step-up/begin', 'step-up/finish'].map((route) =>
  routeMay('step-up', 'step-up', route),
);

/** What none of it is: a right of a function's role, told in rights.test.ts. */
const ofFunctions = new RegExp(`^cordon-(${functionNames.join('|')}) may `);

const others = (template: Template): readonly string[] =>
  allowedBy(template)
    .filter((line) => !ofFunctions.test(line))
    .map((line) => line.replace(/(cordon-events-dead\.Arn if ).*cordon-forward-.*/, '$1its rules'))
    .toSorted();

/** What is the same with every choice. */
const always: readonly string[] = [
  ...functionNames.map((name) => `lambda.amazonaws.com may sts:AssumeRole on cordon-${name}`),
  `states.amazonaws.com may sts:AssumeRole on cordon-execution-machine ${sourceAccount}`,
  `scheduler.amazonaws.com may sts:AssumeRole on cordon-schedules ${sourceAccount}`,
  `events.amazonaws.com may sts:AssumeRole on cordon-forward-eu-west-1 ${sourceAccount}`,
  'cordon-execution-machine may lambda:InvokeFunction on cordon-executor.Arn',
  'cordon-execution-machine may sqs:SendMessage on cordon-work.Arn',
  // docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
  ...['Create', 'Get', 'Update', 'Delete'].map(
    (verb) => `cordon-execution-machine may logs:${verb}LogDelivery on *`,
  ),
  ...[
    'ListLogDeliveries',
    'PutResourcePolicy',
    'DescribeResourcePolicies',
    'DescribeLogGroups',
  ].map((action) => `cordon-execution-machine may logs:${action} on *`),
  // docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
  ...['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].map(
    (action) => `cordon-execution-machine may xray:${action} on *`,
  ),
  'cordon-schedules may lambda:InvokeFunction on cordon-tick.Arn',
  'cordon-schedules may sqs:SendMessage on cordon-schedules-dead.Arn',
  'cordon-forward-eu-west-1 may events:PutEvents on cordon-security.Arn',
  `events.amazonaws.com may sqs:SendMessage on cordon-ingest.Arn ${fromRule}`,
  `events.amazonaws.com may sqs:SendMessage on cordon-events-dead.Arn ${fromRule}`,
  'events.amazonaws.com may sqs:SendMessage on cordon-events-dead.Arn if its rules',
  `cloudwatch.amazonaws.com may sns:Publish on cordon-pager ${sourceAccount}`,
  ...stepUpRoutes,
];

test('outside the functions’ roles exactly these rights are given, to exactly these callers', () => {
  expect(others(cordon)).toEqual([...always, routeMay('web', 'slack', 'slack/events')].toSorted());
});

test('an organisation, a key and the function’s own address add these and no others', () => {
  const more = others(other).filter((line) => !always.includes(line));
  const viaSecrets =
    'if {"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}';
  const owner = 'arn:<Partition>:iam::999988887777:root';
  const callers = 'events.amazonaws.com, cloudwatch.amazonaws.com, scheduler.amazonaws.com';
  expect(more.map((line) => line.replaceAll(/Key[0-9A-F]{8}/g, 'Key'))).toEqual(
    [
      `${owner} may kms:* on *`,
      `${callers} may kms:Decrypt on *`,
      `${callers} may kms:GenerateDataKey* on *`,
      ...['Decrypt', 'Encrypt', 'ReEncrypt*', 'GenerateDataKey*', 'CreateGrant', 'DescribeKey'].map(
        (action) => `${owner} may kms:${action} on * ${viaSecrets}`,
      ),
      ...['cordon-execution-machine', 'cordon-schedules'].flatMap((role) =>
        ['Decrypt', 'GenerateDataKey'].map((action) => `${role} may kms:${action} on Key.Arn`),
      ),
      '* may events:PutEvents on cordon-security.Arn if {"StringEquals":{"aws:PrincipalOrgID":"o-exampleorg1"},"ArnLike":{"aws:SourceArn":"arn:<Partition>:events:*:*:rule/cordon-forward-*"}}',
      '* may lambda:InvokeFunction on cordon-web.Arn if {"InvokedViaFunctionUrl":true}',
      '* may lambda:InvokeFunctionUrl on cordon-web.Arn if {"FunctionUrlAuthType":"NONE"}',
    ].toSorted(),
  );
  expect(always.filter((line) => !others(other).includes(line))).toEqual([]);
});

/** The template with one more right in one of its documents. */
const withMore = (id: string, place: number): Template => {
  const changed = structuredClone(cordon);
  const [at = '', document] = documentsIn(changed.Resources[id]?.Properties, '')[place] ?? [];
  const statements: unknown = document?.['Statement'];
  if (!Array.isArray(statements)) throw new Error(`${id} has no document ${place}`);
  const principal = at.endsWith('Policies PolicyDocument') ? {} : { Principal: { AWS: '*' } };
  statements.push({ Effect: 'Allow', Action: 's3:DeleteObject', Resource: '*', ...principal });
  return changed;
};

test('a right that is added anywhere, to a role, a trust or a resource, is seen here or in rights.test.ts', () => {
  const before = allowedBy(cordon);
  const places = Object.entries(cordon.Resources).flatMap(([id, { Properties }]) =>
    documentsIn(Properties, '').map((_, place) => [id, place] as const),
  );
  // Two for each of the roles, one for each queue, the topic and the bucket.
  expect(places).toHaveLength(2 * (functionNames.length + 3) + 10 + 2);
  for (const [id, place] of places) {
    const more = allowedBy(withMore(id, place)).filter((line) => !before.includes(line));
    expect(more, id).toEqual([expect.stringContaining('may s3:DeleteObject on *')]);
  }
});

test('nobody has a policy that stands by itself: all that a role may do is in the role', () => {
  const types = Object.values({ ...cordon.Resources, ...other.Resources }).map(({ Type }) => Type);
  expect(types.filter((type) => /^AWS::IAM::(?!Role$)/.test(type))).toEqual([]);
  expect(types).not.toContain('AWS::Logs::ResourcePolicy');
  expect(types).not.toContain('AWS::SecretsManager::ResourcePolicy');
});
