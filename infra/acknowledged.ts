/**
 * Every departure from cdk-nag's AWS Solutions rules, each with its reason. Wildcards in roles are
 * listed by the id of their statement, so that a new one is a finding until somebody gives a reason.
 */
import { Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Why a statement with this id names a resource with a wildcard. */
export const wildcards: Readonly<Record<string, string>> = {
  OwnLog: 'the streams of the function’s own log group, whose names Lambda makes',
  Traces: 'X-Ray knows no resources',
  Runs: 'runs of the one state machine: each is named by its request',
  LogDelivery: 'the delivery of vended logs knows no resources',
  Evidence: 'objects of the evidence bucket: their keys are made when they are written',
  ReadRoles: 'the one role name in any account of the organisation, bounded by aws:ResourceOrgID',
  ForAll:
    'GuardDuty’s and Inspector’s settings of an organisation, and its accounts, know no resources',
  OwnDetector: 'the one detector of this account and Region, whose id GuardDuty makes',
  ServiceRoles: 'roles of AWS’s own, bounded by iam:AWSServiceName',
  ResponseRoles:
    'the response role names in any account of the organisation, bounded by aws:ResourceOrgID',
};

/** By the end of the construct's path. */
const departures: readonly (readonly [path: RegExp, rule: string, reason: string])[] = [
  [
    /FrontDoor\/Api\/POST/,
    'APIG4',
    'Slack cannot sign for IAM; the function verifies Slack’s signature first',
  ],
  [
    /StepUpDoor\/Api\/(GET|POST)/,
    'APIG4',
    'a browser opens it from a one-time link; the passkey is what the function checks',
  ],
  [
    /Evidence\/Bucket\/Resource$/,
    'S1',
    'CloudTrail data events tell more; turn them on where they are wanted',
  ],
  [
    /TrailBucket\/Resource$/,
    'S1',
    'its reads are data events of the trail; turn them on where they are wanted',
  ],
  [/SlackSecret\/Resource$/, 'SMG4', 'Slack gives new secrets to people only: docs/operate.md'],
  [
    /(events|schedules|forward)\/Resource$/,
    'SQS3',
    'it is where dead letters of rules and schedules go',
  ],
];

/** The parts of a resolved policy document that are read here. */
interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Resource?: unknown;
}

const asList = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** As cdk-nag spells a resource: `<Bucket.Arn>/*`. */
const spelled = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[key, inner] = ['', undefined]] = Object.entries(value);
  if (key === 'Ref') return `<${inner}>`;
  if (key === 'Fn::GetAtt') return `<${asList(inner).join('.')}>`;
  if (key === 'Fn::Join') {
    const [glue, parts] = asList(inner);
    return asList(parts).map(spelled).join(String(glue));
  }
  throw new Error(`a resource made with ${key} is not understood`);
};

const statementsOf = (role: CfnRole): readonly Statement[] => {
  const policies: readonly { readonly policyDocument: { readonly Statement: unknown } }[] =
    Stack.of(role).resolve(role.policies) ?? [];
  return policies.flatMap(({ policyDocument }) => asList(policyDocument.Statement) as Statement[]);
};

/** `Evidence7` and `Evidence` are the same right at different places of the list. */
export const sidWord = (sid = ''): string => sid.replace(/\d+$/, '');

const acknowledgeRole = (role: CfnRole): void => {
  for (const { Sid, Resource } of statementsOf(role))
    for (const resource of asList(Resource).map(spelled)) {
      const reason = wildcards[sidWord(Sid)];
      if (resource.includes('*') && reason)
        Validations.of(role).acknowledge({
          id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
          reason,
        });
    }
};

const acknowledgeRest = (node: IConstruct): void => {
  for (const [path, rule, reason] of departures)
    if (path.test(node.node.path))
      Validations.of(node).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
};

export const acknowledge = (stack: Stack): void => {
  Validations.of(stack).acknowledge({
    id: 'Annotation::@aws-cdk/aws-lambda:codeFromBucketObjectVersionNotSpecified',
    reason: 'CodePrefix carries the version, so that new code is a new key',
  });
  for (const node of stack.node.findAll()) {
    if (node instanceof CfnRole) acknowledgeRole(node);
    else acknowledgeRest(node);
  }
};
